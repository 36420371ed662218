/* pairs: each two services of a run beside each other, figure by figure.
 *
 * Figures of a block. The capacity, and p99 at the common level. CPU a request is compared at each level that both
 * hold, up to the common one, and their ratio is the geometric mean of those: a level that something else disturbed for
 * a second weighs the less, the more levels there are.
 *
 * Rule. All rows of a run, each two services in each of the three figures, are one family: a run whose services are all
 * alike claims anything at all in at most one of twenty cases. A row is "different" when the p value of its test over
 * blocks (stats/paired_t.h), adjusted for the number of rows (stats/holm.h), is at most 5 %. For the capacity,
 * ranking_above decides, which asks this and what it says beyond it. A row that is not different is "no difference
 * seen" with PAIR_BLOCKS_WANTED blocks or more, unless it would have been different by itself; then, and with fewer
 * blocks, there are too few trials to say. Held to the 5 % by simulation: tests/unit/analysis/test_pairs.c. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H
#define TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H

#include "analysis/finding.h"

#include <stddef.h>

const char *pair_figure_name(enum pair_figure figure); /* "capacity", "cpu", "p99" */

/* How many blocks it takes until "no difference seen" says something: two equal services of a usual spread are then
 * told from two that lie a tenth apart. */
#define PAIR_BLOCKS_WANTED 6

/* Fills the pairs of the findings, whose common level is there, and who is above whom: all pairs of services, in the
 * order of the findings, that share a block of trials in which both have the figure and its ratio says which is higher.
 */
void pairs_find(struct findings *findings);

#endif
