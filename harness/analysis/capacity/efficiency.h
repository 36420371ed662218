/* scores: one figure each for how much a service bears, and for how little; computed from the raw records, whatever the
 * scenario's own latency limit is. NAN stands for what the run does not tell. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_EFFICIENCY_H
#define TWOFOLD_ANALYSIS_CAPACITY_EFFICIENCY_H

#include <stddef.h>
#include <stdint.h>

struct findings;
struct backend_finding;

/* The p99 limits whose capacities the critical capacity is the geometric mean of: 10, 25, 50, 100, 250 ms. */
#define EFFICIENCY_LIMITS 5
extern const uint64_t efficiency_limits_ns[EFFICIENCY_LIMITS];

struct efficiency {
    double capacities[EFFICIENCY_LIMITS]; /* level held under each; NAN where no break or no pass was seen */
    double critical_capacity;             /* NAN where one of them is not known */
    double doublings;                     /* from the first level to the highest held */
    double cpu_ns_per_request;            /* at findings->common_level; the median over trials */
    double good_rps_per_core;             /* at the highest level held, by the cores that it may use */
    double good_rps_per_100mb;            /* and by its resident memory there at most */
    double
        bytes_per_connection; /* where connections double: by how much its memory rises for one more of them, the line
                                    of least squares through its good steps; NAN: fewer than three of them */
};

/* The level that the scores of a request's CPU are taken at: the highest of the ladder that every service with a valid
 * step holds; 0: there is none. */
uint64_t efficiency_common_level(const struct findings *findings);

/* The common level is there. */
void efficiency_find(const struct findings *findings, const struct backend_finding *backend,
                     struct efficiency *ret_efficiency);

#endif
