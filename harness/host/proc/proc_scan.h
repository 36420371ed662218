/* proc_scan: all processes of this machine, with their parents and groups. */
#ifndef TWOFOLD_HOST_PROC_PROC_SCAN_H
#define TWOFOLD_HOST_PROC_PROC_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct proc_entry {
    pid_t pid, parent, group;
    bool ended; /* a zombie, of which only the number is left */
};

/* All processes of this moment, on the heap; the caller frees them. Takes about 10 us a process. */
struct proc_entry *proc_scan(size_t *ret_count);

#endif
