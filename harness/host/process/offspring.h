/* offspring: the descendants of a process, held so that they can be killed for certain and are never mistaken for other
 * processes that get their numbers later. */
#ifndef TWOFOLD_HOST_PROCESS_OFFSPRING_H
#define TWOFOLD_HOST_PROCESS_OFFSPRING_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct offspring {
    struct offspring_held {
        pid_t pid;
        int fd; /* its pidfd */
    } * held;
    size_t count;
};

/* Adds the living descendants of `pid` and the living members of its process group, without `pid` itself; with a mark
 * also those that left the group and lost their parent, and their descendants (host/proc/adopted.h). `mark` NULL: none.
 * A process may be added twice. Where the kernel has no pidfd, none is added. */
void offspring_add(struct offspring *offspring, pid_t pid, const char *mark);

/* Sends SIGKILL to all. */
void offspring_kill(const struct offspring *offspring);

/* Waits until all have ended, at most until clock_now_ns() is `until_ns`. */
void offspring_wait(const struct offspring *offspring, uint64_t until_ns);

/* Lets go of them, and of those that have ended as children of this process. */
void offspring_release(struct offspring *offspring);

#endif
