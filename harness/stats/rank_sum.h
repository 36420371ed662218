/* rank_sum: how far the figures of one group lie above those of another, where no figure of one belongs to a figure of
 * the other, as in the trials of two runs. With the logarithms of figures the result is the logarithm of a ratio.
 *
 * The estimate is the median of all differences between a figure of one group and a figure of the other (Hodges and
 * Lehmann, "Estimates of location based on rank tests", Annals of Mathematical Statistics 34 (1963), 598-611). Its
 * confidence interval inverts the rank-sum test of Wilcoxon, Mann and Whitney ("On a test of whether one of two random
 * variables is stochastically larger than the other", Annals of Mathematical Statistics 18 (1947), 50-60) and assumes
 * no shape of the distribution (Hollander and Wolfe, "Nonparametric Statistical Methods", 2nd edition 1999, section
 * 4.3). It is exact for up to 60 figures in each group and uses the normal approximation beyond that. */
#ifndef TWOFOLD_STATS_RANK_SUM_H
#define TWOFOLD_STATS_RANK_SUM_H

#include <stddef.h>

/* The confidence that an interval needs before a difference is claimed. Four figures against four reach it; three
 * against three reach 0.90, and one against one nothing. */
#define RANK_SUM_CONFIDENCE 0.95

struct rank_sum {
    double estimate;
    double low, high; /* the interval; both are the estimate if there is none */

    /* That the interval holds the true difference: the lowest confidence that is possible from RANK_SUM_CONFIDENCE on,
     * or the highest that so few figures allow. 0 if there is no interval. */
    double confidence;
};

/* How far `to` lies above `from`. Each group has at least one figure. Figures can be infinite but not NAN; two equal
 * infinite figures do not differ. */
void rank_sum_find(const double *from, size_t from_count, const double *to, size_t to_count,
                   struct rank_sum *ret_rank_sum);

#endif
