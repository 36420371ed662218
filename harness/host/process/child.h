/* child: a program started in a process group of its own, with its output on a pipe. When this process ends, in
 * whatever way, the child, its whole group and what has its mark are killed, all but the child itself after the time
 * that the options give them. A child neither reads the pipe nor waits: that is done by process and service. */
#ifndef TWOFOLD_HOST_PROCESS_CHILD_H
#define TWOFOLD_HOST_PROCESS_CHILD_H

#include "base/core_set.h"
#include "base/error.h"
#include "base/text.h"
#include "host/cgroup/box_group.h"
#include "host/proc/adopted.h"
#include "host/process/environment.h"
#include "host/process/guard.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct child_options {
    const char *program; /* relative to `folder` when it has a slash, else found on PATH; NULL: argv[0] */
    char *const *argv;   /* NULL-terminated */
    const char *folder;  /* the child's working folder; NULL: this process's */
    struct environment environment;
    const struct core_set *cores;  /* that it may run on; NULL: those of the calling thread */
    bool with_input;               /* its standard input is a pipe from this process; else /dev/null */
    unsigned group_patience_ms;    /* how long the rest of its group may take to end by itself before it is killed */
    const struct box_group *group; /* the control group that it is started in; NULL: this process's */
};

struct child {
    pid_t pid;                    /* also that of its process group */
    char mark[ADOPTED_MARK_SIZE]; /* that it and its descendants have in their environment */
    int ended_fd;                 /* a pidfd, readable once it has ended; -1 where the kernel has none */
    int output;                   /* its standard output and error, non-blocking */
    int input;                    /* the other end of its standard input; -1: that is /dev/null */
    uint64_t started_ns;          /* clock_now_ns() just before the fork */
    struct guard guard;
};

/* How a process ended. */
struct ending {
    uint64_t at_ns; /* clock_now_ns() when it was noticed */
    int exit_code;  /* -1 when a signal ended it */
    int signal;     /* 0 when it exited */
};

/* Starts it: standard input is /dev/null unless the options say otherwise, signals are as at login, and no file
 * descriptor of this process is inherited. The calling thread must outlive the child, which is killed when that thread
 * ends. Fails with the command and the reason of the system when it cannot be executed; nothing is left behind then. */
int child_start(struct child *child, const struct child_options *options, struct error *err);

/* Whether it has ended; if so, fills `ret_ending` with the present moment as at_ns. The child stays a zombie until it
 * is released, so that no other process gets its number. */
bool child_ended(const struct child *child, struct ending *ret_ending);

/* Sends a signal to the process alone. */
void child_signal(const struct child *child, int signal);

/* Sends a signal to its whole process group. */
void child_signal_group(const struct child *child, int signal);

/* Whether every process of its group has ended. */
bool child_group_ended(const struct child *child);

/* Kills what is left of the group and of its descendants, also of those that left the group and lost their parent, and
 * waits for their end, 2 s at most. Reaps the child when it has ended, ends the guard and closes the file descriptors.
 */
void child_release(struct child *child);

/* Appends "exited with status 3" or "was killed by SIGSEGV". */
void ending_describe(const struct ending *ending, struct text *out);

/* The path of the program `name` on PATH, on the heap, or NULL. A name with a slash is never found. */
char *child_find_program(const char *name);

/* Appends the command as a person would type it. */
void child_describe(char *const *argv, struct text *out);

#endif
