/* sample: a set of figures in no particular order, and what sorting it gives. The functions take arrays of double that
 * hold no NAN; infinite figures are allowed. */
#ifndef TWOFOLD_STATS_SAMPLE_H
#define TWOFOLD_STATS_SAMPLE_H

#include <stddef.h>

/* Sorts in ascending order, in place. */
void sample_sort(double *figures, size_t count);

/* The median of figures in ascending order: the middle one, or the mean of the two in the middle. NAN when there are
 * none. */
double sample_median(const double *sorted, size_t count);

/* As sample_median, but of two in the middle the lower one, so that the result is always one of the figures. Levels of
 * load and what was measured at them are summarised so: a mean of two levels is a load that nobody sent. */
double sample_low_median(const double *sorted, size_t count);

/* A confidence interval of the median of the population from which `count` figures are drawn, by their order alone
 * (Conover, "Practical Nonparametric Statistics", 3rd edition 1999, section 3.2): it reaches from element *ret_low to
 * element *ret_high of the figures in ascending order. Both bounds lie equally far from the ends, as far as a
 * confidence of `wanted` (below 1) allows. `count` is at least 1.
 *
 * Returns the confidence, which can be lower than `wanted` when there are few figures: at most 1 - 2^(1 - count). It is
 * 0 for one figure, and *ret_low and *ret_high are then that figure. */
double sample_median_interval(size_t count, double wanted, size_t *ret_low, size_t *ret_high);

#endif
