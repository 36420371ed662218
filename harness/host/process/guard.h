/* guard: a process that sleeps until this one is gone, in whatever way, and then ends what this one had started. */
#ifndef TWOFOLD_HOST_PROCESS_GUARD_H
#define TWOFOLD_HOST_PROCESS_GUARD_H

#include <sys/types.h>

struct guard {
    pid_t pid; /* -1: there is none */
    int pipe;
};

struct guard_options {
    pid_t group;          /* the process group to kill, */
    unsigned patience_ms; /* after it had so long to end by itself */
    const char *mark;     /* what has it in its environment is killed (host/proc/adopted.h) */
    char *const *folders; /* control groups to empty and remove, NULL-terminated; NULL: none */
};

/* Where it cannot be started, there is none. */
void guard_start(struct guard *guard, const struct guard_options *options);

/* Ends the guard itself. */
void guard_end(struct guard *guard);

#endif
