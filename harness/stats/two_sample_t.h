/* two_sample_t: how far the figures of one group lie above those of another, where no figure of one belongs to a figure
 * of the other, as in runs of two versions. With the logarithms of figures the result is the logarithm of a ratio.
 * Student's test of two groups of one spread ("The probable error of a mean", Biometrika 6 (1908), 1-25), which their
 * figures give together: with two or three in a group there is too little of it to estimate it twice. */
#ifndef TWOFOLD_STATS_TWO_SAMPLE_T_H
#define TWOFOLD_STATS_TWO_SAMPLE_T_H

#include <stddef.h>

#define TWO_SAMPLE_T_CONFIDENCE 0.95

struct two_sample_t {
    double estimate;  /* of how far `to` lies above `from`: the difference of the means */
    double low, high; /* its interval of TWO_SAMPLE_T_CONFIDENCE */
    double p;         /* of means as far apart, of two groups that are alike */
};

/* Each group has at least one finite figure, both together at least three. `grain`: the standard deviation that the
 * width of a figure alone gives it, below which the spread is never taken to be; 0: the figures have none. */
void two_sample_t_find(const double *from, size_t from_count, const double *to, size_t to_count, double grain,
                       struct two_sample_t *ret_two_sample_t);

#endif
