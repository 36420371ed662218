#include "analysis/trend.h"

#include "analysis/student.h"

#include <math.h>

/* What a straight line leaves over of itself, as a share of the figures: the rounding of sums, which is no noise. */
#define ROUNDING 1e-10

/* Fewer leave the autocorrelation open. */
#define FIGURES_LEAST 8

struct line {
    double slope, middle; /* its value at the middle of the row */
    double squares;       /* of the distances of all places from the middle */
};

static double place(size_t i, size_t count)
{
    return (double)i - (double)(count - 1) / 2;
}

static struct line fit(const double *figures, size_t count)
{
    struct line line = {0};
    double products = 0, sum = 0;

    for (size_t i = 0; i < count; i++) {
        double at = place(i, count);
        products += at * figures[i];
        line.squares += at * at;
        sum += figures[i];
    }
    line.slope = line.squares > 0 ? products / line.squares : 0;
    line.middle = count > 0 ? sum / (double)count : 0;
    return line;
}

static double left_over(const struct line *line, const double *figures, size_t count, size_t i)
{
    return figures[i] - line->middle - line->slope * place(i, count);
}

/* Never below 0: figures that repel each other are not taken for more than they are. */
static double autocorrelation(const struct line *line, const double *figures, size_t count)
{
    double products = 0, squares = 0, n = (double)count;

    for (size_t i = 0; i < count; i++) {
        double own = left_over(line, figures, count, i);
        squares += own * own;
        products += i > 0 ? own * left_over(line, figures, count, i - 1) : 0;
    }
    if (squares <= n * pow(ROUNDING * line->middle, 2)) {
        return 0;
    }
    return fmin(1, fmax(0, (n * products / squares + 2) / (n - 5)));
}

void trend_find(const double *figures, size_t count, struct trend *ret_trend)
{
    struct line line = fit(figures, count);
    struct trend trend = {.slope = line.slope, .low = line.slope, .high = line.slope};

    if (count >= FIGURES_LEAST) {
        double alike = autocorrelation(&line, figures, count), squares = 0;
        double freedom = (double)count * (1 - alike) / (1 + alike) - 2;
        for (size_t i = 0; i < count; i++) {
            squares += pow(left_over(&line, figures, count, i), 2);
        }
        trend.known = freedom >= 1;
        if (trend.known) {
            double reach = student_quantile(freedom) * sqrt(squares / freedom / line.squares);
            trend.low = line.slope - reach;
            trend.high = line.slope + reach;
        }
    }
    *ret_trend = trend;
}
