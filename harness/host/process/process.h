/* process: one command run to its end, for builds and version queries. It blocks the calling thread; what runs long is
 * service's. */
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
    const atomic_bool *stop; /* once true, the command is killed; NULL: it cannot be asked to stop */
};

struct process_result {
    struct ending ending;
    bool timed_out; /* it was killed at the time limit */
    uint64_t took_ns;
    char *output; /* the last 16 KiB of its standard output and error, in the order written, fit to print */
};

/* Run the command until it ends. It is killed, with its whole process group, at the time limit, when asked to stop, and
 * what it leaves running in its group is killed behind it. Returns 0 however the command ended; fails when it cannot be
 * started, and with ERROR_STOPPED when stopped. */
int process_run(const struct process_options *options, struct process_result *ret_result, struct error *err);
void process_result_release(struct process_result *result);

/* Whether it ended by itself with status 0. */
bool process_succeeded(const struct process_result *result);

/* Append "exited with status 3" or "did not end within 10.0 s". */
void process_describe(const struct process_result *result, struct text *out);

#endif
