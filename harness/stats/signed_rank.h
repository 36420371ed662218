/* signed_rank: how far the figures of one service lie above those of another over blocks of trials, in each of which
 * both services were measured. With differences of logarithms the result is the logarithm of a ratio.
 *
 * The estimate is the median of the means of all pairs of differences, the Walsh averages (Hodges and Lehmann,
 * "Estimates of location based on rank tests", Annals of Mathematical Statistics 34 (1963), 598-611). Its confidence
 * interval inverts Wilcoxon's signed-rank test ("Individual comparisons by ranking methods", Biometrics Bulletin 1
 * (1945), 80-83; Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd edition 1999, section 3.3). It is exact
 * for up to 40 blocks and uses the normal approximation beyond that. */
#ifndef TWOFOLD_STATS_SIGNED_RANK_H
#define TWOFOLD_STATS_SIGNED_RANK_H

#include <stdbool.h>
#include <stddef.h>

/* The confidence that an interval needs before a difference is claimed. It takes at least six blocks. */
#define SIGNED_RANK_CONFIDENCE 0.95

struct signed_rank {
    size_t blocks;
    double estimate;
    double low, high; /* the interval; both are the estimate if there is none */

    /* That the interval holds the true difference: the lowest confidence that is possible from SIGNED_RANK_CONFIDENCE
     * on, or the highest that so few blocks allow. 0 if there is no interval. */
    double confidence;
};

/* `differences` has one finite difference for each of at least one block. */
void signed_rank_find(const double *differences, size_t count, struct signed_rank *ret_signed_rank);

/* Whether the two services differ: the interval has SIGNED_RANK_CONFIDENCE and does not contain 0. */
bool signed_rank_differs(const struct signed_rank *signed_rank);

#endif
