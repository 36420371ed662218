#include "stats/least_squares.h"

static double x_at(const double *x, size_t i)
{
    return x != NULL ? x[i] : (double)i;
}

static double weight_at(const double *weights, size_t i)
{
    return weights != NULL ? weights[i] : 1;
}

void least_squares_fit(const double *x, const double *y, size_t count, struct fitted_line *ret_line)
{
    least_squares_fit_weighted(x, y, NULL, count, ret_line);
}

void least_squares_fit_weighted(const double *x, const double *y, const double *weights, size_t count,
                                struct fitted_line *ret_line)
{
    struct fitted_line line = {0};
    double products = 0, sum = 0;

    for (size_t i = 0; i < count; i++) {
        double weight = weight_at(weights, i);
        line.x_mean += weight * x_at(x, i);
        line.y_mean += weight * y[i];
        sum += weight;
    }
    if (sum > 0) {
        line.x_mean /= sum;
        line.y_mean /= sum;
    }
    /* Distances from the mean first: sums of plain squares would lose the digits of large figures. */
    for (size_t i = 0; i < count; i++) {
        double distance = x_at(x, i) - line.x_mean;
        products += weight_at(weights, i) * distance * y[i];
        line.x_squares += weight_at(weights, i) * distance * distance;
    }
    if (line.x_squares > 0) {
        line.slope = products / line.x_squares;
    }
    *ret_line = line;
}

double least_squares_residual(const struct fitted_line *line, double x, double y)
{
    return y - line->y_mean - line->slope * (x - line->x_mean);
}
