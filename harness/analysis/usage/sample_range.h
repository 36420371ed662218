/* sample_range: the samples of a step that were taken between two moments. */
#ifndef TWOFOLD_ANALYSIS_USAGE_SAMPLE_RANGE_H
#define TWOFOLD_ANALYSIS_USAGE_SAMPLE_RANGE_H

#include "record/run_log.h"

#include <stddef.h>
#include <stdint.h>

/* Find the samples taken from `from_ns` to `to_ns`, both included. Both count from the start of the measured part.
 * Returns how many there are; *ret_first is the index of the first in step->samples. */
size_t sample_range_find(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, size_t *ret_first);

/* The same for the whole measured part. */
size_t sample_range_measured(const struct step_record *step, size_t *ret_first);

#endif
