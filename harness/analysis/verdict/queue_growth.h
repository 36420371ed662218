/* queue_growth: whether requests pile up through a step. The service would then not keep its limits for longer, even
 * where every response still came in time. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_QUEUE_GROWTH_H
#define TWOFOLD_ANALYSIS_VERDICT_QUEUE_GROWTH_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

struct queue_growth {
    uint64_t at_ns;   /* end of the first interval with more requests in flight than allowed, from the start of the
                         measured part */
    double in_flight; /* mean over the last quarter of the intervals */
};

/* The queue grows when the mean number of requests in flight rises from the first quarter of the intervals to the last
 * by more than chance explains while a service keeps up, and when nearly all pairs of intervals have more in the later
 * one (Mann and Kendall's test for a trend). Returns false, and leaves *ret_growth untouched, where it does not grow.
 */
bool queue_growth_find(const struct load_record *load, struct queue_growth *ret_growth);

#endif
