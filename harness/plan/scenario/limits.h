/* limits: what a service must hold at every step, from a scenario or from the command line. */
#ifndef TWOFOLD_PLAN_SCENARIO_LIMITS_H
#define TWOFOLD_PLAN_SCENARIO_LIMITS_H

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* The most that may fail where a scenario does not say it. Every response is checked: without "expect", any status but
 * a 2xx is wrong. A service that gives only wrong responses, as fast as it likes, must not hold for want of a limit. */
#define LIMITS_ERRORS_DEFAULT 0.01

/* A limit that is 0 is not judged. */
struct limits {
    double percentile; /* which percentile of the response time latency_ns bounds, in (0, 1): 0.99 for "p99" */
    uint64_t latency_ns;
    double error_share;      /* most failed / offered */
    bool errors_by_default;  /* the scenario names no limit on errors: error_share is LIMITS_ERRORS_DEFAULT */
    double throughput_share; /* least good / offered */
    uint64_t memory_bytes;   /* most resident memory of the service's process tree */
};

/* A percentile that can be judged: "p50", 0.5. */
struct percentile {
    const char *name;
    double share;
};

extern const struct percentile limits_percentiles[]; /* the name of the last is NULL */

/* Whether a limit has this name: "p99", "errors". */
bool limits_has(const char *name);

/* Read the "limits" object at `at`, which may name one percentile; an absent one is as good as an empty one. What is
 * absent is not judged, except for errors. Untouched on failure. */
int limits_read(struct limits *limits, const struct json_at *at, struct error *err);

/* Change one limit as the command line says: "p99=100ms", "errors=1%", "throughput=90%", "memory=1GiB", "p99=none". A
 * percentile replaces another one. ERROR_INPUT for anything else; untouched then. */
int limits_set(struct limits *limits, const char *assignment, struct error *err);

/* Append them on one line: "p99 50 ms, errors 1 % (default, since every response is checked), throughput 95 %". */
void limits_describe(const struct limits *limits, struct text *out);

#endif
