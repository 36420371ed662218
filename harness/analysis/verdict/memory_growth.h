/* memory_growth: whether the memory that a service holds grows through a step without levelling off. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_MEMORY_GROWTH_H
#define TWOFOLD_ANALYSIS_VERDICT_MEMORY_GROWTH_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct memory_growth {
    uint64_t at_ns;             /* from the start of the measured part: when memory first exceeded what is allowed */
    double bytes_per_s;         /* rate at the end */
    double allowed_bytes_per_s; /* rate that would just reach the limit within five times the measured part */
};

/* Memory grows when, over the quarters of the measured part, its mean rises from each to the next by at least half the
 * mean quarterly rise, by at least 16 MiB and a quarter of the first mean in all, and so fast at the end that it would
 * pass `limit_bytes` within five times the measured part. Returns false, and leaves *ret_growth untouched, where it
 * does not, where `limit_bytes` is 0 (no limit), and where there are fewer than 12 samples. Pages that processes share
 * count once (analysis/usage/memory_usage.h). */
bool memory_growth_find(const struct step_record *step, uint64_t limit_bytes, struct memory_growth *ret_growth);

#endif
