/* sampler: readings of one service (its process and all descendants) and of the machine it runs on, on the harness's
 * clock. It is meant for ten readings a second; what a reading costs is part of the reading. When to read, and what the
 * numbers mean, is decided elsewhere.
 *
 * A reading holds what could be read: a process that vanishes meanwhile, or a file that this system does not have, is
 * no error. Counters never fall. */
#ifndef TWOFOLD_HOST_SAMPLER_H
#define TWOFOLD_HOST_SAMPLER_H

#include "base/core_set.h"

#include "record/sample.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct sampler;

/* No process: the parts of a sample that processes tell are absent until one is followed. */
#define SAMPLER_NOBODY 0

/* Begins with the process `pid`, which will listen on `port` (0: the accept queue is not read) and runs on
 * `service_cores`. Only one thread at a time may use it. The caller frees it. */
struct sampler *sampler_new(pid_t pid, uint16_t port, const struct core_set *service_cores);

/* Reads the process `pid` and its descendants as well from now on: a service's, though none of its process's own. One
 * that is read already is not read twice. Returns -1 when it is gone. */
int sampler_follow(struct sampler *sampler, pid_t pid);

/* Reads the service's orphans as well from now on: those of that mark (host/proc/adopted.h). */
void sampler_adopt(struct sampler *sampler, const char *mark);

/* Reads all processes in the control group of that folder as well from now on. */
void sampler_gather(struct sampler *sampler, const char *folder);

/* Lets the service's control groups and its network namespace be those of `pid`, the process that serves, whoever
 * started it. */
void sampler_follow_groups(struct sampler *sampler, pid_t pid);

/* Takes one reading; record/sample.h describes each number. In the first reading, busiest_thread_cpu_ns is 0. */
void sampler_read(struct sampler *sampler, struct sample *ret_sample);

/* The expensive reading of memory, for between steps: about 10 us per MiB resident. The peak is the sum of the peaks of
 * the processes, or the highest sum that sampler_read has seen since the reset, whichever is more. */
void sampler_memory(struct sampler *sampler, struct memory_reading *ret_memory);

/* How many connections to the service's port each of its processes has open at this moment, the most first, without
 * those that have none: on the heap, NULL for none. Expensive as well: about 5 us a connection. */
uint64_t *sampler_connections(const struct sampler *sampler, size_t *ret_count);

/* Restarts the peak from what is resident now, and looks again in which network namespace the service is. Returns -1
 * where the system does not allow the former: the peaks then count from the start of the processes. */
int sampler_reset_peak(struct sampler *sampler);

/* NULL is allowed. */
void sampler_free(struct sampler *sampler);

#endif
