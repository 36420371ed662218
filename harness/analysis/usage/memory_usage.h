/* memory_usage: how much memory a service holds when the pages that its processes share are counted once. A sample has
 * only the sum of the resident sizes (RSS), in which such a page counts once for each process. The proportional set
 * size (PSS), read once when the measured part is over, shows how much of that sum is real. */
#ifndef TWOFOLD_ANALYSIS_USAGE_MEMORY_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_MEMORY_USAGE_H

#include "record/sample.h"

#include <stdint.h>

/* The real bytes behind `rss_bytes`, scaled by the ratio of PSS to RSS in the step's own `memory`. Returns `rss_bytes`
 * itself where that ratio is not known. */
double memory_usage_bytes(const struct memory_reading *memory, uint64_t rss_bytes);

/* The bytes that were held when `memory` was read: its PSS, or its RSS where PSS is not known. 0: neither is known. */
uint64_t memory_usage_at_reading(const struct memory_reading *memory);

#endif
