#include "stats/paired_t.h"

#include "stats/student_t.h"
#include "stats/t_quantile.h"

#include <math.h>

#define BLOCKS_MOST 99

static double mean_of(const double *values, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++) {
        sum += values[i];
    }
    return sum / (double)count;
}

static double deviation_of(const double *values, size_t count, double mean)
{
    double squares = 0;

    for (size_t i = 0; i < count; i++) {
        squares += (values[i] - mean) * (values[i] - mean);
    }
    return sqrt(squares / (double)(count - 1));
}

static double p_of(double estimate, double spread, size_t blocks)
{
    if (estimate == 0) {
        return 1;
    }
    return student_t_both_tails(estimate / (spread / sqrt((double)blocks)), (double)blocks - 1);
}

void paired_t_find(const double *differences, size_t count, double grain, struct paired_t *ret_paired_t)
{
    double mean = mean_of(differences, count);
    struct paired_t found = {.blocks = count, .estimate = mean, .low = mean, .high = mean, .p = 1};

    if (count > 1) {
        found.bounded = true;
        found.spread = fmax(deviation_of(differences, count, mean), grain);
        double reach = t_quantile((double)count - 1) * found.spread / sqrt((double)count);
        found.low -= reach;
        found.high += reach;
        found.p = p_of(mean, found.spread, count);
    }
    *ret_paired_t = found;
}

size_t paired_t_blocks(const struct paired_t *paired_t, double p)
{
    if (!paired_t->bounded || paired_t->estimate == 0) {
        return 0;
    }
    for (size_t blocks = 2; blocks <= BLOCKS_MOST; blocks++) {
        if (p_of(paired_t->estimate, paired_t->spread, blocks) <= p) {
            return blocks;
        }
    }
    return 0;
}
