/* dependency_sampler: readings of one dependency (its process and all descendants), cheaper than those of the service:
 * what the machine does is in the service's. Ten a second. */
#ifndef TWOFOLD_BENCH_DEPENDENCY_DEPENDENCY_SAMPLER_H
#define TWOFOLD_BENCH_DEPENDENCY_DEPENDENCY_SAMPLER_H

#include "record/dependency.h"

#include <sys/types.h>

struct dependency_sampler;

/* Begin with the process `pid`. One thread at a time may use it. The caller frees it. */
struct dependency_sampler *dependency_sampler_new(pid_t pid);

/* One reading; in the first, busiest_thread_cpu_ns is 0. A process that is gone is no error. */
void dependency_sampler_read(struct dependency_sampler *sampler, struct dependency_sample *ret_sample);

/* NULL is fine. */
void dependency_sampler_free(struct dependency_sampler *sampler);

#endif
