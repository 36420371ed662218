/* efficiency: single figures for how much load a service bears, and how much CPU and memory it needs for that. They are
 * comparable across scenarios with different latency limits. A figure that the run does not tell is NAN. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_EFFICIENCY_H
#define TWOFOLD_ANALYSIS_CAPACITY_EFFICIENCY_H

#include "analysis/finding.h"

#include <stdint.h>

/* 10, 25, 50, 100 and 250 ms: the limits on p99 that `efficiency.capacities` belong to. */
extern const uint64_t efficiency_limits_ns[EFFICIENCY_LIMITS];

/* Fills the scores of one service of the findings, whose common level is known. */
void efficiency_find(const struct findings *findings, const struct backend_finding *backend,
                     struct efficiency *ret_efficiency);

#endif
