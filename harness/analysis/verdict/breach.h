/* breach: a limit that a step violated, and the moment at which it was violated first. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_BREACH_H
#define TWOFOLD_ANALYSIS_VERDICT_BREACH_H

#include "analysis/verdict/expectation.h"
#include "plan/scenario/limits.h"
#include "record/run_log.h"

#include <stdint.h>

enum limit {
    LIMIT_LATENCY,    /* the percentile of the response time is above its limit */
    LIMIT_ERRORS,     /* failed / offered is above its limit */
    LIMIT_THROUGHPUT, /* good / offered is below its limit */
    LIMIT_MEMORY,     /* the process tree holds more memory than its limit */
    LIMIT_GROWTH,     /* its memory grows all through the step and would soon pass its limit */
    LIMIT_QUEUE,      /* requests in flight grow all through the step: it would not hold for longer */
    LIMIT_CRASH,      /* the service's process ended */
    LIMIT_COUNT,
};

/* Those that say how many requests may violate them: latency, errors and throughput. */
enum { LIMITS_ON_REQUESTS = 3 };

extern const enum limit limits_on_requests[LIMITS_ON_REQUESTS];

/* "latency", "errors", "throughput", "memory", "growth", "queue", "crash". */
const char *limit_name(enum limit limit);

/* A limit that was violated over the step as a whole. */
struct breach {
    enum limit limit;
    uint64_t at_ns;      /* when it was first violated, from the start of the measured part */
    double observed;     /* ns for latency, a share for errors and throughput, bytes for memory, bytes per second for
                            growth, requests for queue, 0 for crash */
    double allowed;      /* the limit in the same unit; 0 where there is none to state */
    enum expectation of; /* the requests that violated it, for latency and errors: all together, or one group alone */
};

/* When a limit on requests (latency, errors or throughput) that the step violated was first violated, in ns from the
 * start of the measured part: the end of the first interval in which it was. That interval has to have enough requests
 * to say so by itself, or be followed by another violation: a blip among few requests does not count. Where there are
 * only blips, the end of the first; where no interval violates the limit by itself, the end of the last. */
uint64_t breach_first_ns(const struct step_record *step, const struct limits *limits, enum limit limit);

#endif
