/* profile: how much time a run takes for its answer. Quick: steps of a quarter of the time and no search, a look.
 * Standard: the scenario's own times, the capacity found to within 10 %. Rigorous: twice the measured time, 5 %, and as
 * many trials as it takes to tell two services apart. */
#ifndef TWOFOLD_PLAN_PROFILE_H
#define TWOFOLD_PLAN_PROFILE_H

#include "base/error.h"

#include <stdint.h>

enum profile {
    PROFILE_STANDARD,
    PROFILE_QUICK,
    PROFILE_RIGOROUS,
    PROFILE_COUNT,
};

const char *profile_name(enum profile profile); /* "quick", "standard", "rigorous" */

/* ERROR_INPUT on another name, with those that there are. Untouched on failure. */
int profile_read(enum profile *profile, const char *name, struct error *err);

/* How many trials where nobody says a number. */
unsigned profile_trials(enum profile profile);

/* How close the search brings the lowest load that breaks to the highest one that holds: 0.1 is 10 % above it; 0: no
 * search. */
double profile_width(enum profile profile);

/* The times of a step out of the scenario's. Quick ones are a quarter, but not below 0.25 s and 1 s. */
uint64_t profile_warmup_ns(enum profile profile, uint64_t scenario_ns);
uint64_t profile_measure_ns(enum profile profile, uint64_t scenario_ns);

#endif
