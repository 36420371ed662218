#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

/* From here on 2^count is no double; so many figures allow any confidence that is asked for. */
#define COUNT_MOST 1000

static int by_size(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

void sample_sort(double *figures, size_t count)
{
    if (count > 0) {
        qsort(figures, count, sizeof *figures, by_size);
    }
}

double sample_low_median(const double *sorted, size_t count)
{
    if (count == 0) {
        return NAN;
    }
    return sorted[(count - 1) / 2];
}

double sample_median(const double *sorted, size_t count)
{
    if (count == 0) {
        return NAN;
    }
    double low = sorted[(count - 1) / 2], high = sorted[count / 2];
    return low == high ? low : (low + high) / 2; /* the sum of equal figures can overflow */
}

double sample_median_interval(size_t count, double wanted, size_t *ret_low, size_t *ret_high)
{
    double ways = 1, all = ldexp(1, (int)fmin((double)count, COUNT_MOST)), tail = 1;
    size_t outside = 0;

    while (outside + 1 < count / 2) {
        double next = ways * (double)(count - outside) / (double)(outside + 1);
        if (2 * (tail + next) > (1 - wanted) * all) {
            break;
        }
        ways = next;
        tail += next;
        outside++;
    }
    *ret_low = outside;
    *ret_high = count - 1 - outside;
    return 1 - 2 * tail / all;
}
