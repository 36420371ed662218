/* profile: how much time a run may take. Quick, a first look: steps of a quarter of the time and no search. Standard:
 * the scenario's own times, and the capacity to within 10 %. Rigorous: twice the measured time, 5 %, and six trials,
 * which is enough to tell two services apart. */
#ifndef TWOFOLD_PLAN_PROFILE_H
#define TWOFOLD_PLAN_PROFILE_H

#include "base/error.h"
#include "plan/scenario/limits.h"

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

/* How many runs of a load that was run before a trial may take: to repeat what was invalid, to confirm a break, to
 * decide what one run has not decided. */
unsigned profile_repeats(enum profile profile);

/* How many new loads the search of a trial may run beyond those that halve one doubling down to the width. */
unsigned profile_search_more(enum profile profile);

/* The warm-up of a step, from that of the scenario. A quick one is a quarter of it, but at least 0.25 s. */
uint64_t profile_warmup_ns(enum profile profile, uint64_t scenario_ns);

/* The requests that a verdict on these limits needs in a step: 50 beyond the percentile of the response time that is
 * limited (quick: 12, of which chance leaves the 10 with which a percentile is known), which are 5,000 for p99 and
 * 1,000 for p95, and a tenth as many failures where as many fail as may. At least as many as p95 needs, at most as many
 * as p99 does, and that where no response time is limited. */
uint64_t profile_requests(enum profile profile, const struct limits *limits);

/* The measured time of a step, from that of the scenario. A quick one is a quarter of it, but at least 1 s; a rigorous
 * one twice as long. Where requests come at a known rate per second (0: they do not), the step is longer where it must
 * be to hold `requests`; but at most 6 s or the scenario's time (quick), 10 s or four times the scenario's time
 * (standard), 20 s or eight times (rigorous), whichever is more. */
uint64_t profile_measure_ns(enum profile profile, uint64_t scenario_ns, uint64_t rate, uint64_t requests);

#endif
