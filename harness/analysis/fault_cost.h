/* fault_cost: what the faults of a scenario (request.fault) cost the other requests: how many of them were lost, and
 * how long the service gave less than it should. */
#ifndef TWOFOLD_ANALYSIS_FAULT_COST_H
#define TWOFOLD_ANALYSIS_FAULT_COST_H

#include "analysis/finding.h"

#include <stddef.h>
#include <stdint.h>

/* Below this share of right responses in time among the requests due in an interval, the service is not at its full
 * capacity. */
#define FAULT_COST_FULL 0.95

/* Of one level of load, over all its steps that are valid. */
struct fault_cost {
    uint64_t level;
    uint64_t faults; /* sent in the measured time */
    uint64_t others_offered,
        others_lost;      /* requests that are no faults, in the same time, and those of them that failed */
    uint64_t below_ns;    /* of the measured time: intervals that were not at full capacity */
    uint64_t silence_ns;  /* the longest time without any response */
    uint64_t interval_ns; /* how finely `below_ns` is known */
};

/* Levels with at least one fault, the lowest first. Returns their number; the caller frees the array. None where the
 * scenario has no faults. */
size_t fault_costs_find(const struct findings *findings, const struct backend_finding *backend,
                        struct fault_cost **ret_costs);

/* By each fault: of the other requests lost, and of the time below full capacity, until it was full again. */
double fault_cost_lost(const struct fault_cost *cost);
double fault_cost_below_ns(const struct fault_cost *cost);

#endif
