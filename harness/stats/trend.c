#include "stats/trend.h"

#include "stats/least_squares.h"
#include "stats/t_quantile.h"

#include <math.h>

/* Residuals below this share of the figures come from the rounding of sums and are no noise. */
#define ROUNDING 1e-10

/* With fewer figures the autocorrelation is not known; with fewer independent ones a line looks like a walk. */
#define FIGURES_LEAST 8

/* Never negative: it must not make more independent figures out of those that there are. */
static double autocorrelation(const struct fitted_line *line, const double *figures, size_t count)
{
    double products = 0, squares = 0, n = (double)count;

    for (size_t i = 0; i < count; i++) {
        double own = least_squares_residual(line, (double)i, figures[i]);
        squares += own * own;
        if (i > 0) {
            products += own * least_squares_residual(line, (double)i - 1, figures[i - 1]);
        }
    }
    if (squares <= n * pow(ROUNDING * line->y_mean, 2)) {
        return 0;
    }
    return fmin(1, fmax(0, (n * products / squares + 2) / (n - 5)));
}

/* The degrees of freedom of the residuals: two less than the number of independent figures. */
static double freedom_about(const struct fitted_line *line, const double *figures, size_t count)
{
    double r = autocorrelation(line, figures, count);
    return (double)count * (1 - r) / (1 + r) - 2;
}

static struct trend of_line(const struct fitted_line *line, const double *figures, size_t count, double freedom)
{
    double squares = 0;

    for (size_t i = 0; i < count; i++) {
        squares += pow(least_squares_residual(line, (double)i, figures[i]), 2);
    }
    double reach = t_quantile(freedom) * sqrt(squares / freedom / line->x_squares);
    return (struct trend){.slope = line->slope, .known = true, .low = line->slope - reach, .high = line->slope + reach};
}

static struct trend of_walk(const double *figures, size_t count)
{
    double differences = (double)(count - 1), squares = 0;
    double drift = (figures[count - 1] - figures[0]) / differences;

    for (size_t i = 1; i < count; i++) {
        squares += pow(figures[i] - figures[i - 1] - drift, 2);
    }
    double reach = t_quantile(differences - 1) * sqrt(squares / (differences - 1) / differences);
    return (struct trend){.slope = drift, .known = true, .low = drift - reach, .high = drift + reach};
}

void trend_find(const double *figures, size_t count, struct trend *ret_trend)
{
    struct fitted_line line;
    least_squares_fit(NULL, figures, count, &line);
    struct trend trend = {.slope = line.slope, .low = line.slope, .high = line.slope};

    if (count >= FIGURES_LEAST) {
        double freedom = freedom_about(&line, figures, count);
        if (freedom >= FIGURES_LEAST - 2) {
            trend = of_line(&line, figures, count, freedom);
        } else {
            trend = of_walk(figures, count);
        }
    }
    *ret_trend = trend;
}
