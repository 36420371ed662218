/* percentile_bounds: how precisely the response times of one step show a percentile. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_PERCENTILE_BOUNDS_H
#define TWOFOLD_ANALYSIS_VERDICT_PERCENTILE_BOUNDS_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* The bounds of a 95 % confidence interval. */
struct percentile_bounds {
    bool known;
    uint64_t low_ns;
    uint64_t high_ns;
};

/* The bounds of the percentile `quantile`, in (0, 1), of the response time. Long times come together, as in a queue, so
 * that counting requests would give far too narrow bounds. The share of requests above the percentile is bounded
 * (stats/share.h), where they come in groups of the size that a queue as long as the percentile gives, unless they were
 * seen to come one by one; the bounds are the times above which these shares lie.
 *
 * Not known with fewer than eight intervals that have requests in them, and where the step has so few such groups that
 * nothing bounds the percentile from above. In front of an exact M/M/1 service that serves 1,000/s the bounds are known
 * for 5 s of 300/s in 187 of 300 steps, of which 181 hold the true p99; at 600/s and more, where they held it in 26 %
 * to 88 % by the spread of the intervals alone, p99 is not estimable from 5 s (test_percentile_simulation). */
void percentile_bounds_find(const struct load_record *load, double quantile, struct percentile_bounds *ret_bounds);

#endif
