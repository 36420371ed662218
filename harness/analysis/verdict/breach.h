/* breach: a limit that a step violated, and the moment at which it was violated first. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_BREACH_H
#define TWOFOLD_ANALYSIS_VERDICT_BREACH_H

#include "analysis/verdict/expectation.h"
#include "base/text.h"
#include "plan/scenario/limits.h"
#include "plan/scenario/request_limits.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
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

/* The same with the request whose own limit it is: "latency of checkout". NULL: it is on all requests. */
void limit_write(struct text *out, enum limit limit, const char *request);

/* How many places an array of all limits has: one for each in enum limit, by its number, and behind them two for each
 * request with limits of its own (plan/scenario/request_limits.h). */
#define LIMIT_PLACES (LIMIT_COUNT + 2 * REQUEST_LIMITS_MOST)

/* The place of the latency or the errors of a request, by its index among those with limits of their own. */
size_t limit_place_of_request(size_t index, enum limit limit);

/* Which limit a place is of. */
enum limit limit_of_place(size_t place);

/* Whether it is a place of latency, errors or throughput, of all requests or of one. */
bool limit_place_is_on_requests(size_t place);

/* A limit that was violated over the step as a whole. */
struct breach {
    enum limit limit;
    const char *request; /* the name of the request whose own limit it is, borrowed from the scenario; NULL: it is on
                          * all of them */
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
