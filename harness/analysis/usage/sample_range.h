/* sample_range: the samples of a step that were taken between two moments. */
#ifndef TWOFOLD_ANALYSIS_USAGE_SAMPLE_RANGE_H
#define TWOFOLD_ANALYSIS_USAGE_SAMPLE_RANGE_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Find the samples taken from `from_ns` to `to_ns`, both included. Both count from the start of the measured part.
 * Returns how many there are; *ret_first is the index of the first in step->samples. */
size_t sample_range_find(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, size_t *ret_first);

/* The same for the whole measured part. */
size_t sample_range_measured(const struct step_record *step, size_t *ret_first);

/* Widens the range to the samples just around it, within the measured part: what happened in a short time shows only
 * between the reading before it and the one after it. Returns false, and leaves the results
 * untouched, where there are no two such samples. */
bool sample_range_around(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, uint64_t *ret_from_ns,
                         uint64_t *ret_to_ns);

#endif
