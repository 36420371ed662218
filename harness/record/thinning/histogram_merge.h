/* histogram_merge: a copy of a histogram in which neighbouring buckets are one, where nobody needs to tell them apart.
 * It is a histogram of the same layout with fewer buckets in use, so that every reader of histograms reads it. */
#ifndef TWOFOLD_RECORD_THINNING_HISTOGRAM_MERGE_H
#define TWOFOLD_RECORD_THINNING_HISTOGRAM_MERGE_H

#include "stats/histogram.h"

#include <stdbool.h>
#include <stdint.h>

/* Makes the copy, packed. `are_apart` says whether the counts of the bucket `low` and of `high`, the next one that
 * counts anything, stay apart; those that do not are counted in the highest of them. The first bucket stays as it is,
 * for `min` must fit it. Total, min, max and sum are those of `from`. */
void histogram_merge(const struct histogram *from, bool (*are_apart)(const void *terms, uint32_t low, uint32_t high),
                     const void *terms, struct histogram *ret_merged);

#endif
