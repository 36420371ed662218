/* process: one command run to its end, for builds and version queries. It blocks the calling thread. What runs long is
 * a service. */
#ifndef TWOFOLD_HOST_PROCESS_PROCESS_H
#define TWOFOLD_HOST_PROCESS_PROCESS_H

#include "base/error.h"
#include "host/process/child.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

struct process_options {
    struct child_options child;
    uint64_t timeout_ns;     /* 0: none */
    const atomic_bool *stop; /* when it becomes true, the command is ended; NULL: never */
};

struct process_result {
    struct ending ending;
    bool timed_out; /* it was killed at the time limit */
    uint64_t took_ns;
    char *output; /* the last 16 KiB of its standard output and error, in the order written, fit to print */
};

/* Runs the command until it ends. At the time limit, or when asked to stop, it is killed with its whole process group.
 * Where the child's options give its group time, it is first asked to end, by SIGTERM to the command alone;
 * what it leaves running in its group is killed as well. Returns 0 however the command ended. Fails when it cannot be
 * started, and with ERROR_STOPPED when stopped. */
int process_run(const struct process_options *options, struct process_result *ret_result, struct error *err);
void process_result_release(struct process_result *result);

/* Whether it ended by itself with status 0. */
bool process_succeeded(const struct process_result *result);

/* Appends "exited with status 3" or "did not end within 10.0 s". */
void process_describe(const struct process_result *result, struct text *out);

#endif
