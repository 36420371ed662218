#include "stats/t_quantile.h"

#include <stddef.h>

/* With many degrees of freedom it is the normal distribution's. */
#define NORMAL 1.960

/* Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), table 26.10. Between its rows linear in one over
 * the degrees of freedom, of which the quantile is a convex function. */
double t_quantile(double freedom)
{
    static const struct {
        double freedom, t;
    } table[] = {{1, 12.706}, {2, 4.303},  {3, 3.182},  {4, 2.776},  {5, 2.571},  {6, 2.447},  {7, 2.365},
                 {8, 2.306},  {9, 2.262},  {10, 2.228}, {11, 2.201}, {12, 2.179}, {13, 2.160}, {14, 2.145},
                 {15, 2.131}, {16, 2.120}, {17, 2.110}, {18, 2.101}, {19, 2.093}, {20, 2.086}, {25, 2.060},
                 {30, 2.042}, {40, 2.021}, {60, 2.000}, {120, 1.980}};
    size_t last = sizeof table / sizeof table[0] - 1;

    if (freedom <= table[0].freedom) {
        return table[0].t;
    }
    if (freedom >= table[last].freedom) {
        return NORMAL + (table[last].t - NORMAL) * table[last].freedom / freedom;
    }
    size_t next = 1;
    while (table[next].freedom < freedom) {
        next++;
    }
    double low = 1 / table[next].freedom, high = 1 / table[next - 1].freedom;
    double part = (1 / freedom - low) / (high - low);
    return table[next].t + part * (table[next - 1].t - table[next].t);
}
