/* mann_kendall: the Mann-Kendall test for a trend in figures that follow each other in time. It assumes no shape of
 * their distribution and no straight line (Mann, "Nonparametric tests against trend", Econometrica 13 (1945), 245-259;
 * Kendall, "Rank Correlation Methods", 4th edition 1975). */
#ifndef TWOFOLD_STATS_MANN_KENDALL_H
#define TWOFOLD_STATS_MANN_KENDALL_H

#include <stddef.h>

/* The standard score of the test: the number of pairs whose later figure is larger, less the number of pairs whose
 * later figure is smaller, divided by the standard deviation that this difference has without a trend,
 * sqrt(n (n - 1) (2 n + 5) / 18). Positive for a rise. 0 with fewer than two figures. There is no correction for ties,
 * so that equal figures only bring the score nearer to 0, nor for continuity. */
double mann_kendall_score(const double *figures, size_t count);

#endif
