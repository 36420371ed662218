/* warm_up: whether a service was still warming up when the measured part of its first step began. */
#ifndef TWOFOLD_ANALYSIS_AFTER_WARM_UP_H
#define TWOFOLD_ANALYSIS_AFTER_WARM_UP_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct warm_up {
    uint64_t until_ns; /* from the start of the measured part */
    double ratio;      /* mean response time before that moment / the mean after it */
};

/* Returns false, and leaves *ret_warm_up untouched, where no warm-up is seen.
 *
 * The start that is best left out is found by MSER (White, Cobb and Spratt, "A comparison of five steady-state
 * truncation heuristics for simulation", 2000) over the mean response times of the intervals: of all cuts up to half of
 * the step, the one after which the mean is known best. Chance alone cuts off a few intervals now and then. A warm-up
 * is therefore seen only where at least two intervals are cut off and took at least 1.5 times as long as what follows.
 */
bool warm_up_find(const struct step_record *step, struct warm_up *ret_warm_up);

#endif
