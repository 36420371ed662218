/* outsider: the process that serves for a service without being a descendant of the process that was started: held, so
 * that its end is seen and its number is never mistaken for another's. */
#ifndef TWOFOLD_HOST_PROCESS_OUTSIDER_H
#define TWOFOLD_HOST_PROCESS_OUTSIDER_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* `= {0}` holds nobody. */
struct outsider {
    pid_t pid; /* 0: nobody */
    int fd;    /* its pidfd; -1 where the kernel has none */
    bool ours; /* it began after the service was started: it goes when that is stopped */
};

/* Holds the process. Returns -1 when it is gone; `outsider` holds nobody then. */
int outsider_hold(struct outsider *outsider, pid_t pid, bool ours);

/* Whether it is held and has ended. How it ended only its parent knows. */
bool outsider_ended(const struct outsider *outsider);

/* Ends it and its descendants if it is ours: SIGTERM, and SIGKILL to what is left after `patience_ns`. Lets go of it in
 * any case. */
void outsider_end(struct outsider *outsider, uint64_t patience_ns);

#endif
