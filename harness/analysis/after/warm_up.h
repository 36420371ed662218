/* warm_up: whether a service was still warming up when its first step began to count. The start that is best left out is
 * found by MSER (White, Cobb and Spratt, "A comparison of five steady-state truncation heuristics for simulation", 2000)
 * over the means of the step's intervals: of all starts up to half of the step, the one that leaves the mean of the rest
 * known best. Chance alone cuts off a few intervals now and then; a warm-up is only named where what was cut off took much
 * longer than what followed. */
#ifndef TWOFOLD_ANALYSIS_AFTER_WARM_UP_H
#define TWOFOLD_ANALYSIS_AFTER_WARM_UP_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct warm_up {
    uint64_t until_ns; /* from the start of the measured part */
    double ratio;      /* mean response time before that moment by the one after it */
};

/* False, and *ret_warm_up untouched, where no warm-up is seen. */
bool warm_up_seen(const struct step_record *step, struct warm_up *ret_warm_up);

#endif
