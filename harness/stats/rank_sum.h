/* shift: how far the figures of one group of trials lie above those of another that were not paired with them, as those
 * of two runs are. The estimate is the one of Hodges and Lehmann, the median of all differences; its interval is the
 * exact one that belongs to the test of Mann and Whitney, and assumes no shape of the spread. On logarithms it is a
 * ratio. */
#ifndef TWOFOLD_STATS_RANK_SUM_H
#define TWOFOLD_STATS_RANK_SUM_H

#include <stddef.h>

/* What an interval has to hold before anything is claimed. Four trials against four reach it; three against three reach
 * 0.90, one against one nothing. */
#define RANK_SUM_CONFIDENCE 0.95

struct rank_sum {
    double estimate;
    double low, high;
    double confidence; /* that low to high holds the true shift: the least from RANK_SUM_CONFIDENCE on, else the most
                          that so few figures can give; 0: there is no interval, low and high are the estimate */
};

/* Of `to` above `from`, each with at least one figure. Figures may be infinite, but not NAN; two equal infinite ones
 * are no shift. */
void rank_sum_find(const double *from, size_t from_count, const double *to, size_t to_count,
                   struct rank_sum *ret_rank_sum);

#endif
