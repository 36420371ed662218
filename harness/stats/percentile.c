#include "stats/percentile.h"

#include <math.h>

uint64_t percentile_least(double quantile)
{
    return (uint64_t)ceil((10 - 1e-6) / (1 - quantile)); /* 1 - 0.999 is not quite 0.001 */
}

bool percentile_is_known_of(uint64_t count, double quantile)
{
    return count >= percentile_least(quantile);
}

bool percentile_is_known(const struct histogram *histogram, double quantile)
{
    return percentile_is_known_of(histogram->total, quantile);
}

uint64_t percentile_known(const struct histogram *histogram, double quantile)
{
    return percentile_is_known(histogram, quantile) ? histogram_quantile(histogram, quantile) : NO_TIME;
}
