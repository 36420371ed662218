/* limits: what a service must hold at every step, from a scenario or the command line. */
#ifndef TWOFOLD_PLAN_SCENARIO_LIMITS_H
#define TWOFOLD_PLAN_SCENARIO_LIMITS_H

#include "base/error.h"
#include "base/json.h"

#include <stdint.h>

/* A limit that is 0 is not judged. */
struct limits {
    double percentile; /* of response time that latency_ns bounds, in (0, 1): 0.99 for "p99" */
    uint64_t latency_ns;
    double error_share;      /* most failed / offered */
    double throughput_share; /* least good / offered */
    uint64_t memory_bytes;   /* most resident memory of the service's process tree */
};

/* The percentiles that can be judged, by name: "p50", 0.5; the last one's name is NULL. */
struct percentile {
    const char *name;
    double share;
};

extern const struct percentile limits_percentiles[];

/* Read the "limits" object at `at`: at most one percentile; what is not there is not judged. Untouched on failure. */
int limits_read(struct limits *limits, const struct json_at *at, struct error *err);

/* Change limits from the command line: "p99=100ms", "errors=1%", "throughput=90%", "memory=1GiB", "p99=none".
 * Another percentile takes the place of the one that is there. Untouched on failure, which is ERROR_INPUT. */
int limits_set(struct limits *limits, const char *assignment, struct error *err);

#endif
