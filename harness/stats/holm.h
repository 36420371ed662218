/* holm: many tests at once. Of twenty true "no difference", one test at 5 % is wrong on average; what a table claims
 * must be wrong in one of twenty tables at most, whatever the number of its rows (S. Holm, "A simple sequentially
 * rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979), 65-70). It assumes nothing about how
 * the tests depend on each other. */
#ifndef TWOFOLD_STATS_HOLM_H
#define TWOFOLD_STATS_HOLM_H

#include <stddef.h>

/* How often a table may be wrong about any of its rows. */
#define HOLM_ERROR 0.05

/* The adjusted p values of `count` tests: claiming those that are at most HOLM_ERROR is wrong about any of them in at
 * most that share of tables. The smallest p counts `count` times, the next one once less, and so on; none is less than
 * one before it, and none above 1. */
void holm_adjust(const double *p, size_t count, double *ret_adjusted);

#endif
