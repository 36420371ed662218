/* verdict: judges one step against the limits of its scenario: did it hold, which limits broke and when, or was it no
 * measurement at all. Pure: a step record in, a verdict out; the harness asks it while it climbs, the report asks
 * again. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_VERDICT_H
#define TWOFOLD_ANALYSIS_VERDICT_VERDICT_H

#include "analysis/verdict/request_classes.h"
#include "base/text.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum limit {
    LIMIT_LATENCY,    /* the response time's percentile is above its limit */
    LIMIT_ERRORS,     /* failed / offered is above its limit */
    LIMIT_THROUGHPUT, /* good / offered is below its limit */
    LIMIT_MEMORY,     /* the process tree holds more than its limit */
    LIMIT_GROWTH,     /* the memory it holds rises all through the step, and would soon pass its limit */
    LIMIT_QUEUE,      /* requests in flight keep growing through the step: it would not hold for longer */
    LIMIT_CRASH,      /* the service's process ended */
    LIMIT_COUNT,
};

/* "latency", "errors", "throughput", "memory", "growth", "queue", "crash". */
const char *limit_name(enum limit limit);

enum verdict {
    VERDICT_PASS,
    VERDICT_BREAK,
    VERDICT_INVALID, /* the generator or the machine was not good enough to say anything about the service */
};

const char *verdict_name(enum verdict verdict); /* "pass", "break", "invalid" */

/* One limit violated over the step as a whole, and the end of the first interval in which it was: one with enough requests
 * to say so, or one of two in a row. Requests that a crash caught under way do not count as failed before it. */
struct breach {
    enum limit limit;
    uint64_t at_ns;  /* from the start of the measured part */
    double observed; /* ns for latency, share for errors and throughput, bytes for memory, bytes a second for growth,
                        requests for queue, 0 for crash */
    double allowed;  /* the limit in the same unit; 0 where there is none to state */
    enum expectation
        of; /* the requests that broke it, for latency and errors: all together, or only those by themselves */
};

enum invalidity {
    INVALID_SEND_LAG,       /* p99 of send lag above a tenth of the latency limit */
    INVALID_GENERATOR_BUSY, /* a generator thread above 90 % busy, and a limit broke */
    INVALID_STARVED,        /* a generator thread had no core for more than a tenth of the time, and a limit broke */
    INVALID_OPENING,        /* over 1 % of the connections that are kept open were still to be opened when the measured
                               part began, the service lived, and refused none */
    INVALID_UNSENT,         /* sent under 98 % of offered although connections were free */
    INVALID_LITTLE,         /* mean in flight and rate x mean time differ by more than 10 % */
    INVALID_FOREIGN,        /* others worked on the service's cores while it waited for them, and a limit broke */
    INVALID_NO_REQUESTS,    /* none was due in the measured part, and nothing broke */
    INVALIDITY_COUNT,
};

const char *invalidity_name(enum invalidity invalidity); /* "send_lag", … */

struct step_verdict {
    enum verdict verdict;
    struct breach breaches[LIMIT_COUNT]; /* in order of time */
    size_t breach_count;                 /* also filled when the step is invalid: what would have been said */
    bool invalid[INVALIDITY_COUNT];
};

/* `traffic` says which requests are to be refused; these and the others are judged by themselves as well (analysis/kinds.h).
 * NULL: none are. `cores_shared`: the generator ran on the service's cores, where its work is not that of others. */
void verdict_judge(const struct step_record *step, const struct limits *limits, const struct traffic *traffic,
                   bool cores_shared, struct step_verdict *ret_verdict);

#endif
