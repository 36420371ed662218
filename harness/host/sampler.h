/* sampler: readings of one service (its process and all descendants) and of the machine under it, on the harness's
 * clock. Meant for ten readings a second; what it costs is in each reading. Who reads when, and what the numbers mean
 * for the service, is for others.
 *
 * A reading holds what could be read: a process that vanishes in the middle, or a file that this system does not have,
 * is no error. Counters never fall. */
#ifndef TWOFOLD_HOST_SAMPLER_H
#define TWOFOLD_HOST_SAMPLER_H

#include "base/core_set.h"
#include "base/text.h"
#include "record/sample.h"

#include <stdint.h>
#include <sys/types.h>

struct sampler;

/* Begin with the process `pid` that will listen on `port` and runs on `service_cores`. One thread at a time may use it.
 * The caller frees it. */
struct sampler *sampler_new(pid_t pid, uint16_t port, const struct core_set *service_cores);

/* One reading: see record/sample.h for each number. In the first, busiest_thread_cpu_ns is 0. */
void sampler_read(struct sampler *sampler, struct sample *ret_sample);

/* The dearer reading of memory, for between steps: about 10 us per MiB resident. The peak is the sum of the processes'
 * peaks, or the highest sum that sampler_read has seen since the reset where that is more. */
void sampler_memory(struct sampler *sampler, struct memory_reading *ret_memory);

/* Let the peak begin anew, from what is resident now. Returns -1 where the system does not allow it: the peaks then
 * count from the processes' start. */
int sampler_reset_peak(struct sampler *sampler);

/* Append the fields of struct sample that this system cannot tell, ", " between; nothing when it tells all. Complete
 * after the first reading. */
void sampler_unknown(const struct sampler *sampler, struct text *out);

/* NULL is fine. */
void sampler_free(struct sampler *sampler);

#endif
