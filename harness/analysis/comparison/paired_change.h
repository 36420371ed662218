/* paired_change: how far one service of a run is from another one of the same run. Their trials are compared block by
 * block, and capacity, CPU a request and p99 are the rows of the run's own pairs (analysis/capacity/pairs.h): what is
 * called different here is what the report of the run calls different. To the reference service of the same block both
 * stand as their capacities stand to each other. Memory has no row there; its p value is multiplied by the number of
 * those rows and one, after Bonferroni. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_PAIRED_CHANGE_H
#define TWOFOLD_ANALYSIS_COMPARISON_PAIRED_CHANGE_H

#include "analysis/comparison/comparison.h"

/* Fills the changes of side number `side` from side 0, whose figures are there. */
void paired_change_find(const struct comparison *comparison, struct compared_backend *backend, size_t side);

#endif
