/* proc_abilities: what this kernel's /proc can tell; it depends on its version and on how it was built. */
#ifndef TWOFOLD_HOST_PROC_PROC_ABILITIES_H
#define TWOFOLD_HOST_PROC_PROC_ABILITIES_H

#include <stdbool.h>

struct proc_abilities {
    bool schedstat;               /* CPU and delay of each thread in ns; else CPU in clock ticks, and no delay */
    bool children;                /* /proc/PID/task/TID/children; else all processes must be looked through */
    bool counts_file_descriptors; /* the size of /proc/PID/fd is its number of entries (Linux 6.2); else they must be
                                     counted */
};

/* Found out on the calling thread itself. */
struct proc_abilities proc_abilities_find(void);

#endif
