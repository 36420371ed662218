/* pairs: two services of one run beside each other. The trial is the unit: figures of the same block of trials, which
 * were run one after the other under the same schedule, are compared by their ratio. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H
#define TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H

#include "analysis/finding.h"

#include <stddef.h>

const char *pair_figure_name(enum pair_figure figure); /* "capacity", "cpu", "p99" */

/* All pairs of services, in the order of the findings, that share a trial in which both have the figure. The caller
 * frees the array. */
struct pairs *pairs_find(const struct findings *findings, size_t *ret_count);

#endif
