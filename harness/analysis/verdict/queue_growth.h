/* queue: whether requests pile up through a step: it would not hold for longer, even where every answer still came in
 * time. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_QUEUE_GROWTH_H
#define TWOFOLD_ANALYSIS_VERDICT_QUEUE_GROWTH_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* Requests in flight rise from the first quarter of the intervals to the last by more than chance makes them rise where
 * the service keeps up, and in nearly every pair of intervals the later one has more. *ret_at_ns is the end of the first
 * interval with more than is allowed, *ret_last the mean over the last quarter; both are untouched where it does not. */
bool queue_growth_find(const struct load_record *load, uint64_t *ret_at_ns, double *ret_last);

#endif
