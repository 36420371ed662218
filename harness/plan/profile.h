/* profile: how much time a run may take. Quick, a first look: steps of a quarter of the time and no search. Standard:
 * the scenario's own times, and the capacity to within 10 %. Rigorous: twice the measured time, 5 %, and six trials,
 * which is enough to tell two services apart. */
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

/* ERROR_INPUT for an unknown name; the message lists the known ones. Untouched on failure. */
int profile_read(enum profile *profile, const char *name, struct error *err);

/* How many trials there are unless a number is given. */
unsigned profile_trials(enum profile profile);

/* How close the search brings the lowest load that breaks to the highest one that holds: 0.1 is 10 % above it; 0: there
 * is no search. */
double profile_width(enum profile profile);

/* The times of a step, from those of the scenario. Quick ones are a quarter, but at least 0.25 s and 1 s. */
uint64_t profile_warmup_ns(enum profile profile, uint64_t scenario_ns);
uint64_t profile_measure_ns(enum profile profile, uint64_t scenario_ns);

#endif
