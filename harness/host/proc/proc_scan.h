/* proc_scan: all processes of this machine, from /proc, with what ties them together. */
#ifndef TWOFOLD_HOST_PROC_PROC_SCAN_H
#define TWOFOLD_HOST_PROC_PROC_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct proc_entry {
    pid_t pid, parent, group;
    bool ended; /* a zombie: nothing of it is left but its number */
};

/* One look at every process, on the heap; the caller frees it. Costs some 10 us a process. */
struct proc_entry *proc_scan(size_t *ret_count);

#endif
