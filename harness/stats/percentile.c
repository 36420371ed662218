#include "stats/percentile.h"

bool percentile_is_known(const struct histogram *histogram, double quantile)
{
    return (double)histogram->total * (1 - quantile) > 10 - 1e-6;
}

uint64_t percentile_known(const struct histogram *histogram, double quantile)
{
    return percentile_is_known(histogram, quantile) ? histogram_quantile(histogram, quantile) : NO_TIME;
}
