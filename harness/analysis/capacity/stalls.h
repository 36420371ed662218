/* stalls: the bad moments of a service that decide nothing: a step was above a limit, and the same load, run again, or
 * a higher load held. They are events, with their moment and their length; they are no capacity and have no cause. What
 * a cold process did, and did not do again when it was warm, is none of them (analysis/after/cold_start.h). */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_STALLS_H
#define TWOFOLD_ANALYSIS_CAPACITY_STALLS_H

#include "analysis/finding.h"

#include <stdbool.h>

struct stall_terms {
    const struct limits *limits;
    unsigned service_core_count;
    bool cores_shared; /* with the generator */
};

/* Fills finding->stalls from its steps and its capacities, which must be there. The caller frees them. */
void stalls_find(struct backend_finding *finding, const struct stall_terms *terms);

#endif
