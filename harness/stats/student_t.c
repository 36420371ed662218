#include "stats/student_t.h"

#include <math.h>
#include <stdbool.h>

#define TERMS_MOST 500
#define EXACT      1e-15
#define TINY       1e-300

static double away_from_zero(double value)
{
    return fabs(value) < TINY ? TINY : value;
}

/* The continued fraction of I_x(a, b), which converges fast for x < (a + 1) / (a + b + 2). */
static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / away_from_zero(1 - (a + b) * x / (a + 1)), result = d;

    for (int m = 1; m < TERMS_MOST; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_zero(1 + even * d);
        c = away_from_zero(1 + even / c);
        result *= d * c;
        d = 1 / away_from_zero(1 + odd * d);
        c = away_from_zero(1 + odd / c);
        result *= d * c;
        if (fabs(d * c - 1) < EXACT) {
            break;
        }
    }
    return result;
}

/* x^a (1 - x)^b / (a B(a, b)) */
static double beta_front(double a, double b, double x)
{
    return exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x)) / a;
}

double student_t_both_tails(double t, double freedom)
{
    double a = freedom / 2, b = 0.5, x = freedom / (freedom + t * t);
    bool fast = x < (a + 1) / (a + b + 2);

    if (!(x > 0)) {
        return 0;
    }
    if (x >= 1) {
        return 1;
    }
    if (fast) {
        return beta_front(a, b, x) * beta_fraction(a, b, x);
    }
    return 1 - beta_front(b, a, 1 - x) * beta_fraction(b, a, 1 - x);
}
