#include "stats/two_sample_t.h"

#include "stats/student_t.h"
#include "stats/t_quantile.h"

#include <math.h>

static double mean_of(const double *values, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum / (double)count;
}

static double squares_of(const double *values, size_t count)
{
    double mean = mean_of(values, count), squares = 0;

    for (size_t i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return squares;
}

void two_sample_t_find(const double *from, size_t from_count, const double *to, size_t to_count, double grain,
                       struct two_sample_t *ret_two_sample_t)
{
    double freedom = (double)(from_count + to_count) - 2;
    double squares = squares_of(from, from_count) + squares_of(to, to_count);
    double spread = fmax(sqrt(squares / freedom), grain);
    double error = spread * sqrt(1 / (double)from_count + 1 / (double)to_count);
    double estimate = mean_of(to, to_count) - mean_of(from, from_count);
    double reach = t_quantile(freedom) * error;

    *ret_two_sample_t = (struct two_sample_t){.estimate = estimate,
                                              .low = estimate - reach,
                                              .high = estimate + reach,
                                              .p = estimate == 0 ? 1 : student_t_both_tails(estimate / error, freedom)};
}
