/* percentile: a percentile that has enough samples to be shown: at least ten above it, so that p99 needs 1,000 samples
 * and p99.9 needs 10,000. */
#ifndef TWOFOLD_STATS_PERCENTILE_H
#define TWOFOLD_STATS_PERCENTILE_H

#include "stats/histogram.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_TIME UINT64_MAX /* instead of a percentile that has too few samples */

/* The fewest samples that are enough for the percentile `quantile`, which lies between 0 and 1. */
uint64_t percentile_least(double quantile);

/* Whether `count` samples are enough for the percentile `quantile`, which lies between 0 and 1. */
bool percentile_is_known_of(uint64_t count, double quantile);

/* Whether the histogram has enough samples for it. */
bool percentile_is_known(const struct histogram *histogram, double quantile);

/* That percentile in nanoseconds, or NO_TIME. */
uint64_t percentile_known(const struct histogram *histogram, double quantile);

#endif
