/* percentile: a percentile that may be shown: one with ten samples above it (p99: 1,000 in all; p99.9: 10,000). */
#ifndef TWOFOLD_STATS_PERCENTILE_H
#define TWOFOLD_STATS_PERCENTILE_H

#include "stats/histogram.h"

#include <stdbool.h>
#include <stdint.h>

#define NO_TIME UINT64_MAX /* a percentile with too few samples behind it */

/* Whether `count` values are enough for the percentile `quantile`, in (0, 1). */
bool percentile_is_known_of(uint64_t count, double quantile);

/* Whether the histogram has samples enough for the percentile `quantile`, in (0, 1); and it, or NO_TIME. */
bool percentile_is_known(const struct histogram *histogram, double quantile);
uint64_t percentile_known(const struct histogram *histogram, double quantile);

#endif
