/* interval: how sure a percentile of one step is, and a capacity over trials. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_CONFIDENCE_H
#define TWOFOLD_ANALYSIS_VERDICT_CONFIDENCE_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What an interval is to hold. */
#define CONFIDENCE_WANTED 0.95

struct time_bounds {
    bool known;
    uint64_t low_ns, high_ns; /* high is the maximum where the step has too few late requests to bound it */
};

/* Of the percentile `quantile` of response time. Times that follow each other are alike, so that counting requests
 * would make it far too narrow: it is taken from how much the share of requests at or below the percentile differs from
 * interval to interval. Not known with fewer than eight intervals that have requests in them. */
void confidence_of_percentile(const struct load_record *load, double quantile, struct time_bounds *ret_interval);

#endif
