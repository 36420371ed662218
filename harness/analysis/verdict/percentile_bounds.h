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
    uint64_t high_ns; /* the maximum where the step has too few late requests to bound it */
};

/* The bounds of the percentile `quantile`, in (0, 1), of the response time. Response times that follow each other are
 * alike, so that counting requests would give far too narrow bounds. They are derived from how much the share of
 * requests at or below the percentile differs from interval to interval. Not known with fewer than eight intervals that
 * have requests in them. */
void percentile_bounds_find(const struct load_record *load, double quantile, struct percentile_bounds *ret_bounds);

#endif
