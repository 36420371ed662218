/* dependency_sampler: readings of one dependency: its process and all descendants. Cheaper than the readings of the
 * service, which include the machine. Ten a second. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_DEPENDENCY_SAMPLER_H
#define TWOFOLD_BENCH_DEPENDENCY_DEPENDENCY_SAMPLER_H

#include "record/dependency.h"

#include <stdbool.h>
#include <sys/types.h>

struct dependency_sampler;

/* Begins with the process `pid`. Only one thread at a time may use it. The caller frees it. */
struct dependency_sampler *dependency_sampler_new(pid_t pid);

/* Takes one reading. In the first one, busiest_thread_cpu_ns is 0. A process that has ended is no error. */
void dependency_sampler_read(struct dependency_sampler *sampler, struct dependency_sample *ret_sample);

/* Whether a process was stopped by a signal at the last reading. */
bool dependency_sampler_saw_stopped(const struct dependency_sampler *sampler);

/* NULL is allowed. */
void dependency_sampler_free(struct dependency_sampler *sampler);

#endif
