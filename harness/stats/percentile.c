#include "stats/percentile.h"

bool percentile_is_known_of(uint64_t count, double quantile)
{
    return (double)count * (1 - quantile) > 10 - 1e-6;
}

bool percentile_is_known(const struct histogram *histogram, double quantile)
{
    return percentile_is_known_of(histogram->total, quantile);
}

uint64_t percentile_known(const struct histogram *histogram, double quantile)
{
    return percentile_is_known(histogram, quantile) ? histogram_quantile(histogram, quantile) : NO_TIME;
}
