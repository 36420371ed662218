/* winner: which service of a run is certain to hold more than every other, where one is. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_LEADER_H
#define TWOFOLD_ANALYSIS_CAPACITY_LEADER_H

#include "analysis/finding.h"

/* The service that held, in each of its trials, a load that broke every other in the trial that stands for it, and more
 * than any other held in any trial. With one trial of either there is no interval, and a whole doubling must lie
 * between them. NULL where nobody is so far ahead: a service beside it that never broke, or whose steps were all
 * invalid, may hold more. */
const struct backend_finding *leader_find(const struct findings *findings);

#endif
