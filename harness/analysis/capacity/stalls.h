/* stalls: the bad moments of a service that decide nothing: a step was above a limit, and the same load, run again, or
 * a higher load held. They are events, with their moment and their length; they are no capacity and have no cause. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_STALLS_H
#define TWOFOLD_ANALYSIS_CAPACITY_STALLS_H

#include "analysis/finding.h"

/* Fills finding->stalls from its steps and its capacities, which must be there. The caller frees them. */
void stalls_find(struct backend_finding *finding, const struct limits *limits);

#endif
