/* pairs: each two services of a run beside each other, figure by figure. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H
#define TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H

#include "analysis/finding.h"

#include <stddef.h>

const char *pair_figure_name(enum pair_figure figure); /* "capacity", "cpu", "p99" */

/* All pairs of services, in the order of the findings, that share a block of trials in which both have the figure and
 * its ratio says which is higher. The common level is there. The caller frees the array. */
struct pair *pairs_find(const struct findings *findings, size_t *ret_count);

#endif
