/* least_squares: the straight line through points that has the least sum of squared vertical distances from them. */
#ifndef TWOFOLD_STATS_LEAST_SQUARES_H
#define TWOFOLD_STATS_LEAST_SQUARES_H

#include <stddef.h>

/* The line y = y_mean + slope * (x - x_mean). */
struct fitted_line {
    double slope; /* 0 when x_squares is 0: no line is steeper than another then */
    double x_mean, y_mean;
    double x_squares; /* sum of the squared distances of all x from their mean */
};

/* Fits a line to `count` points. `x` can be NULL: the x are then 0, 1, 2 and so on. Without points everything is 0. */
void least_squares_fit(const double *x, const double *y, size_t count, struct fitted_line *ret_line);

/* The same where each point counts as much as its weight says, one over the variance of its y. Weights are above 0;
 * NULL: all are 1. Means and squared distances of the line are weighted as well. */
void least_squares_fit_weighted(const double *x, const double *y, const double *weights, size_t count,
                                struct fitted_line *ret_line);

/* How far the point (x, y) lies above the line. */
double least_squares_residual(const struct fitted_line *line, double x, double y);

#endif
