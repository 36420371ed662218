/* proc_scan: all processes of this machine, with their parents, groups and sessions. */
#ifndef TWOFOLD_HOST_PROC_PROC_SCAN_H
#define TWOFOLD_HOST_PROC_PROC_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct proc_entry {
    pid_t pid, parent, group, session;
    bool ended; /* a zombie, of which only the number is left */
};

/* One process. Returns -1 when there is none of that number. */
int proc_scan_one(pid_t pid, struct proc_entry *ret_entry);

/* All processes of this moment, on the heap; the caller frees them. Takes about 10 us a process. */
struct proc_entry *proc_scan(size_t *ret_count);

#endif
