/* paired_t: how far the figures of one service lie above those of another over blocks of trials, in each of which both
 * services were measured. With differences of logarithms the result is the logarithm of a ratio.
 *
 * It is Student's test of paired figures ("The probable error of a mean", Biometrika 6 (1908), 1-25): the mean of the
 * differences, against the spread that they show themselves. Why not Wilcoxon's signed ranks: n blocks cannot give them
 * a p value below 2 / 2^n, so that six blocks (0.031) claim nothing as soon as there are two rows in a table
 * (stats/holm.h), however far apart two services lie. The differences of two equal services are symmetric around 0, for
 * which this test claims too little rather than too much when single trials go wrong.
 *
 * A figure that is only known to lie within some width (a capacity between the level that held and the one that broke)
 * can agree in all trials by its grain alone. So the spread is never taken for less than the grain makes it. */
#ifndef TWOFOLD_STATS_PAIRED_T_H
#define TWOFOLD_STATS_PAIRED_T_H

#include <stdbool.h>
#include <stddef.h>

/* Of the interval. */
#define PAIRED_T_CONFIDENCE 0.95

struct paired_t {
    size_t blocks;
    double estimate;  /* the mean difference */
    double spread;    /* the standard deviation of the differences, or what the grain makes it; 0 of one block */
    double low, high; /* the interval of PAIRED_T_CONFIDENCE; both are the estimate where there is none */
    bool bounded;     /* there is an interval: there are two blocks or more */
    double p;         /* of differences as far from 0 as these, of two equal services; 1 of one block */
};

/* `differences` has one finite difference for each of at least one block. `grain`: the standard deviation that the
 * width of the figures alone gives a difference; 0: they have none. */
void paired_t_find(const double *differences, size_t count, double grain, struct paired_t *ret_paired_t);

/* How many blocks would make p at most `p` if their estimate and spread were the same, at most 99; 0: more than that.
 */
size_t paired_t_blocks(const struct paired_t *paired_t, double p);

#endif
