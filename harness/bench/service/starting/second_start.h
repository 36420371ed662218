/* second_start: what of the contract takes a process that was started otherwise: with another number of items (ITEMS),
 * and one that may be asked to fail (FAULTS). */
#ifndef TWOFOLD_BENCH_SERVICE_STARTING_SECOND_START_H
#define TWOFOLD_BENCH_SERVICE_STARTING_SECOND_START_H

#include "base/error.h"
#include "bench/service/instance.h"
#include "plan/scenario/scenario.h"

/* Starts such processes of a sample service, as `start` describes it, asks them, and stops them: only what the scenario
 * takes of it, and all of it where there is no scenario (NULL). `ret_fault` is what differs first, on the heap;
 * untouched where nothing does. Fails when one cannot be started, and when stopped. */
int second_start_check(const struct instance_options *start, const struct scenario *scenario, char **ret_fault,
                       struct error *err);

#endif
