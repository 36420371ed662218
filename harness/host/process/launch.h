/* launch: from fork to exec. After a fork in a program with threads only async-signal-safe calls are allowed, so all
 * that the new process needs is made ready before. Used by child and cluster only. */
#ifndef TWOFOLD_HOST_PROCESS_LAUNCH_H
#define TWOFOLD_HOST_PROCESS_LAUNCH_H

#include "base/core_set.h"

#include <stdbool.h>
#include <sys/types.h>

struct launch {
    const char *path; /* of the program; relative to `folder` */
    char *const *argv;
    char *const *environment;     /* the whole of it */
    const char *folder;           /* NULL: here */
    const struct core_set *cores; /* NULL: as the caller */
    int input, output;            /* become 0, and 1 and 2; -1: /dev/null is not needed, closed instead */
    int report;                   /* write end of a pipe for a struct launch_failure; -1: nobody asks */
    pid_t owner;                  /* the process with which it dies; 0: it lives on */
};

enum launch_stage { LAUNCH_FOLDER, LAUNCH_CORES, LAUNCH_EXEC };

struct launch_failure {
    enum launch_stage stage;
    int cause; /* errno */
};

/* The new process, in a group of its own, or -1 with errno. */
pid_t launch_fork(const struct launch *launch);

/* Wait until the program runs or has failed to; the caller has closed its copy of the write end. */
bool launch_failed(int report, struct launch_failure *ret_failure);

/* A pipe, and /dev/null, closed on exec and clear of the descriptors 0 to 2. Return as pipe() and open() do. */
int launch_pipe(int ends[2]);
int launch_null(void);

/* This process's environment with `additions` ("NAME=value", NULL-terminated, or NULL) in place of variables of the
 * same name. It borrows the strings. */
char **launch_environment(char *const *additions);
void launch_environment_free(char *const *environment);

#endif
