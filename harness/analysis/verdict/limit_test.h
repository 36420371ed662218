/* limit_test: whether a step shows that one of its limits holds, that it breaks, or neither.
 *
 * A limit on requests is a share: "p99 within 50 ms" says that at most 1 % of the requests are later than that; "errors
 * 0.1 %" and "throughput 95 %" say how many may fail, or not be good. The step is a sample of what the service does
 * under its load. The limit holds when the 95 % interval of the share (stats/share.h, which takes into account that
 * queues make neighbours late together) lies within what is allowed, and breaks when the interval lies above it.
 * Otherwise the step has not decided. Errors and throughput of which nothing was seen hold.
 * A latency limit holds as well when the square of the share above half the limit lies within what is allowed, and no
 * more than half of what is allowed was seen above the limit: the tail of a queue falls off exponentially.
 *
 * A percentile that reports would not show, since fewer than ten requests are expected above it (stats/percentile.h),
 * is not decided either. A break is beyond doubt when more than half of the requests violate the limit: no bad moment
 * does that. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_LIMIT_TEST_H
#define TWOFOLD_ANALYSIS_VERDICT_LIMIT_TEST_H

#include "analysis/verdict/breach.h"
#include "plan/scenario/limits.h"
#include "record/run_log.h"
#include "stats/share.h"

#include <stdbool.h>

enum limit_state {
    LIMIT_NOT_JUDGED, /* the scenario does not set it, or the step has nothing to judge it by */
    LIMIT_HOLDS,
    LIMIT_BREAKS,
    LIMIT_UNDECIDED,
};

const char *limit_state_name(enum limit_state state); /* "not judged", "holds", "breaks", "undecided" */

/* What a step, or several steps of one load together, say of a limit. */
struct limit_judgement {
    enum limit_state state;
    enum limit limit;     /* which it is, */
    const char *request;  /* and of which request, as in struct breach */
    double percentile;    /* that a latency limit bounds */
    bool over;            /* what was observed is above what is allowed, by chance or not */
    bool beyond_doubt;    /* of a break */
    struct share share;   /* of the requests that violate it; of is 0 for limits that are not on requests */
    struct share half;    /* latency: of the requests that took longer than half the limit */
    uint64_t measured_ns; /* in which they were measured */
    double allowed_share; /* how many may; 0 for limits that are not on requests */
    double observed;      /* as in struct breach: memory in bytes, a percentile in ns, … */
    double allowed;       /* in the same unit */
};

/* Whether there is a limit of this kind: LIMIT_LATENCY, LIMIT_ERRORS or LIMIT_THROUGHPUT. */
bool limit_test_is_set(const struct limits *limits, enum limit limit);

/* Judges LIMIT_LATENCY, LIMIT_ERRORS or LIMIT_THROUGHPUT over the measured part of the step. `request`, `observed` and
 * `allowed` are not filled. */
void limit_test_step(const struct step_record *step, const struct limits *limits, enum limit limit,
                     struct limit_judgement *ret_judgement);

/* Adds what another step of the same load says, and decides again by both. Limits that are not on requests break when
 * either breaks. A step that was not judged changes nothing. */
void limit_test_add(struct limit_judgement *into, const struct limit_judgement *from);

#endif
