/* proc_abilities: what /proc of this kernel can tell, which depends on the kernel's version and configuration. */
#ifndef TWOFOLD_HOST_PROC_PROC_ABILITIES_H
#define TWOFOLD_HOST_PROC_PROC_ABILITIES_H

#include <stdbool.h>

struct proc_abilities {
    bool schedstat; /* CPU time and delay of each thread in ns; else CPU time in clock ticks, and no delay */
    bool children;  /* /proc/PID/task/TID/children exists; else all processes are looked through */
    bool counts_file_descriptors; /* the size of /proc/PID/fd is its number of entries (Linux 6.2); else they are
                                     counted */
};

/* Found by looking at the calling thread. */
struct proc_abilities proc_abilities_find(void);

#endif
