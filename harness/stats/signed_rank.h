/* paired: how far one service's figures lie above another's over blocks of trials that were run side by side. The
 * estimate is the one of Hodges and Lehmann, the median of the means of all pairs of differences (Walsh averages); its
 * interval is the exact one that belongs to Wilcoxon's signed-rank test. On logarithms it is a ratio. */
#ifndef TWOFOLD_STATS_SIGNED_RANK_H
#define TWOFOLD_STATS_SIGNED_RANK_H

#include <stdbool.h>
#include <stddef.h>

/* What an interval has to hold before anything is claimed; six blocks are the fewest that reach it. */
#define SIGNED_RANK_CONFIDENCE 0.95

struct signed_rank {
    size_t blocks;
    double estimate;
    double low, high;  /* the estimate where there is no interval */
    double confidence; /* that low to high holds the true difference; below SIGNED_RANK_CONFIDENCE where blocks are few;
                          0: none */
};

/* Of `count` differences, one a block, each finite; at least one. */
void signed_rank_find(const double *differences, size_t count, struct signed_rank *ret_signed_rank);

/* Whether the interval says that there is a difference: it is one of SIGNED_RANK_CONFIDENCE, and 0 is outside. */
bool signed_rank_differs(const struct signed_rank *signed_rank);

#endif
