/* memory_held: what a service held through a step, and whether that levels off. */
#ifndef TWOFOLD_ANALYSIS_VERDICT_MEMORY_GROWTH_H
#define TWOFOLD_ANALYSIS_VERDICT_MEMORY_GROWTH_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The sum of resident sizes in bytes without what is counted twice: pages that processes share count once for each, and
 * what the shares came to at the end of the step (PSS) tells how much of the sum is real. */
double memory_held(const struct step_record *step, const struct sample *sample);

/* The samples in the measured part: *ret_first … *ret_first + count - 1. Returns the count. */
size_t memory_growth_samples(const struct step_record *step, size_t *ret_first);

/* Growth that does not level off: memory rises in every quarter of the measured part by at least half of what it rises
 * by in the mean of them, by a quarter of what it began with and by 16 MiB in all, and so fast that five more such times
 * take it past `limit_bytes`. Without a limit nothing is too much. */
struct memory_growth {
    uint64_t at_ns;      /* when it was first above what may be growth to a level */
    double bytes_per_s;  /* at the end */
    double allowed_rate; /* that would take it just to its limit in that time */
};

bool memory_growth_find(const struct step_record *step, uint64_t limit_bytes, struct memory_growth *ret_growth);

#endif
