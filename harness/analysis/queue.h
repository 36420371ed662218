/* queue: whether requests pile up through a step: it would not hold for longer, even where every answer still came in
 * time. */
#ifndef TWOFOLD_ANALYSIS_QUEUE_H
#define TWOFOLD_ANALYSIS_QUEUE_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* Requests in flight rise from the first quarter of the windows to the last by more than chance makes them rise where
 * the service keeps up, and in nearly every pair of windows the later one has more. *ret_at_ns is the end of the first
 * window with more than is allowed, *ret_last the mean over the last quarter; both are untouched where it does not. */
bool queue_grows(const struct load_record *load, uint64_t *ret_at_ns, double *ret_last);

#endif
