/* scores: one figure each for how much a service bears, and for how little; computed from the raw records, whatever the
 * scenario's own latency limit is. NAN stands for what the run does not tell. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_EFFICIENCY_H
#define TWOFOLD_ANALYSIS_CAPACITY_EFFICIENCY_H

#include "analysis/finding.h"

#include <stdint.h>

extern const uint64_t efficiency_limits_ns[EFFICIENCY_LIMITS];

/* The level that the scores of a request's CPU are taken at: the highest of the ladder that every service with a valid
 * step holds; 0: there is none. */
uint64_t efficiency_common_level(const struct findings *findings);

/* The common level is there. */
void efficiency_find(const struct findings *findings, const struct backend_finding *backend,
                     struct efficiency *ret_efficiency);

#endif
