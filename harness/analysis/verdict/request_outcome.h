/* request_outcome: what became of a set of requests, counted so that the limits on requests can be applied to it.
 * Whether a step, an interval, several intervals or a class of requests breaks a limit is decided here and nowhere
 * else. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_REQUEST_OUTCOME_H
#define TWOFOLD_ANALYSIS_VERDICT_REQUEST_OUTCOME_H

#include "analysis/verdict/breach.h"
#include "plan/scenario/limits.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct request_outcome {
    uint64_t offered, failed, good;
    uint64_t timed; /* requests that have a response time, late and unanswered ones included */
    uint64_t late;  /* of them: above the latency limit; 0 where there is none */
};

struct request_outcome request_outcome_of(const struct tally *tally, const struct histogram *response,
                                          const struct limits *limits);

/* Of the requests scheduled in one interval. Requests that were in flight when the interval ended and that a later
 * crash of the service made fail count as good: the limit was not what failed them. */
struct request_outcome request_outcome_of_interval(const struct step_record *step, size_t interval,
                                                   const struct limits *limits);

/* For several intervals together. What is subtracted must have been added before. */
void request_outcome_add(struct request_outcome *into, const struct request_outcome *from);
void request_outcome_subtract(struct request_outcome *into, const struct request_outcome *from);

double request_outcome_failed_share(const struct request_outcome *outcome); /* of offered; 0: nothing was offered */
double request_outcome_good_share(const struct request_outcome *outcome);   /* of offered; 1: nothing was offered */

/* Whether the requests break the limit, which is LIMIT_LATENCY, LIMIT_ERRORS or LIMIT_THROUGHPUT: more of them are
 * above the latency limit than its percentile allows; a larger share failed; a smaller share was good. A limit that is
 * reached exactly is kept, and one that is 0 is not judged. */
bool request_outcome_breaks(const struct request_outcome *outcome, const struct limits *limits, enum limit limit);

/* Whether they keep all three. */
bool request_outcome_keeps_all(const struct request_outcome *outcome, const struct limits *limits);

/* Whether there are enough of them for a break to be no accident: ten are expected above the percentile of the latency
 * limit; ten failed; ten were not good. */
bool request_outcome_is_enough(const struct request_outcome *outcome, const struct limits *limits, enum limit limit);

#endif
