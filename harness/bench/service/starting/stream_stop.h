/* stream_stop: whether a service that is asked to stop does so although somebody keeps a stream of events open. */
#ifndef TWOFOLD_BENCH_SERVICE_STARTING_STREAM_STOP_H
#define TWOFOLD_BENCH_SERVICE_STARTING_STREAM_STOP_H

#include "bench/service/instance.h"

#include <stdint.h>

/* Opens a stream of a service that serves streamEvents and asks the process to stop, for which it has `patience_ns`
 * before it is killed. `ret_fault` is why that is not as the contract says, on the heap; untouched where it is, and for
 * other services. The instance has still to be stopped. */
void stream_stop_check(struct instance *instance, const struct manifest *manifest, uint64_t patience_ns,
                       char **ret_fault);

#endif
