/* child: one program started in a process group of its own, its output on a pipe, its life tied to this process's: when
 * this process dies, however that happens, the child and its whole group are killed. It reads nothing and waits for
 * nothing by itself; process and service do. */
#ifndef TWOFOLD_HOST_PROCESS_CHILD_H
#define TWOFOLD_HOST_PROCESS_CHILD_H

#include "base/core_set.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

struct child_options {
    char *const *argv;        /* NULL-terminated; argv[0] with a slash is relative to `folder`, else found on PATH */
    const char *folder;       /* the child's working folder; NULL: this process's */
    char *const *environment; /* "NAME=value", NULL-terminated, over this process's own; NULL: nothing to add */
    const struct core_set *cores; /* what it may run on; NULL: what the calling thread may */
};

struct child {
    pid_t pid;           /* also the number of its process group */
    int ended_fd;        /* readable once it has ended (a pidfd); -1 where the kernel has none */
    int output;          /* its standard output and error, to be read without blocking */
    uint64_t started_ns; /* clock_now_ns() just before the fork */
    pid_t guard;         /* a sleeping process that kills the group when this process is gone; -1: none */
    int guard_pipe;
};

/* How a process ended. */
struct ending {
    uint64_t at_ns; /* clock_now_ns(), as seen */
    int exit_code;  /* -1 when a signal ended it */
    int signal;     /* 0 when it exited */
};

/* Start it: standard input is /dev/null, signals are as at login, no descriptor of this process is inherited. The
 * calling thread must outlive the child, which is killed when that thread ends. Fails with the command and the system's
 * reason when it cannot be executed; nothing is left behind then. */
int child_start(struct child *child, const struct child_options *options, struct error *err);

/* Whether it has ended; `ret_ending` is filled then (at_ns with the present moment). It stays a zombie until it is
 * released, so that its number cannot become another's. */
bool child_ended(const struct child *child, struct ending *ret_ending);

/* Send a signal to the process alone, or to its whole group. */
void child_signal(const struct child *child, int signal);
void child_signal_group(const struct child *child, int signal);

/* Kill what is left of the group, reap the child when it has ended, end the guard, close the descriptors. */
void child_release(struct child *child);

/* Append "exited with status 3" or "was killed by SIGSEGV". */
void ending_describe(const struct ending *ending, struct text *out);

/* The path of the program called `name` on PATH, on the heap, or NULL. A name with a slash is never found. */
char *child_find_program(const char *name);

/* Append the command as a person would type it. */
void child_describe(char *const *argv, struct text *out);

#endif
