/* launch: the way from fork to exec. After a fork in a program with threads only async-signal-safe calls are allowed,
 * so everything that the new process needs is prepared before it. */
#ifndef TWOFOLD_HOST_PROCESS_LAUNCH_H
#define TWOFOLD_HOST_PROCESS_LAUNCH_H

#include "base/core_set.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct launch {
    const char *path; /* of the program; relative to `folder` */
    char *const *argv;
    char *const *environment;     /* all of it */
    const char *folder;           /* NULL: the present one */
    const struct core_set *cores; /* NULL: those of the caller */
    int input, output;            /* become 0, and 1 and 2; -1: these are closed */
    int report;                   /* the write end of a pipe for a struct launch_failure; -1: none */
    pid_t owner;                  /* the process with whose end it is killed; 0: none */
    const int *groups;            /* its control groups: it writes "0" to each of these files */
    size_t group_count;
};

enum launch_stage { LAUNCH_GROUP, LAUNCH_FOLDER, LAUNCH_CORES, LAUNCH_EXEC };

struct launch_failure {
    enum launch_stage stage;
    int cause; /* errno */
};

/* The new process, in a group of its own, or -1 with errno. */
pid_t launch_fork(const struct launch *launch);

/* Waits until the program runs or has failed to start. The caller has closed its copy of the write end. */
bool launch_failed(int report, struct launch_failure *ret_failure);

/* As pipe(), closed on exec, and not with the file descriptors 0 to 2. */
int launch_pipe(int ends[2]);

/* As open() of /dev/null, likewise. */
int launch_null(void);

#endif
