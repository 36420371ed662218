#include "analysis/verdict/percentile_bounds.h"

#include "stats/t_quantile.h"

#include <math.h>

#define INTERVALS_LEAST 8

/* The standard error of the share at or below `ns` from one interval to the next. */
static double spread_of_share(const struct load_record *load, uint64_t ns, double quantile, size_t *ret_intervals)
{
    double squares = 0;
    size_t intervals = 0;

    for (size_t i = 0; i < load->interval_count; i++) {
        if (load->intervals[i].response.total > 0) {
            double off = histogram_share_below(&load->intervals[i].response, ns) - quantile;
            squares += off * off;
            intervals++;
        }
    }
    *ret_intervals = intervals;
    return intervals >= INTERVALS_LEAST ? sqrt(squares / (double)(intervals - 1) / (double)intervals) : 0;
}

void percentile_bounds_find(const struct load_record *load, double quantile, struct percentile_bounds *ret_bounds)
{
    struct percentile_bounds bounds = {0};
    size_t intervals;
    uint64_t at_ns = histogram_quantile(&load->response, quantile);
    double spread = spread_of_share(load, at_ns, quantile, &intervals);

    if (intervals >= INTERVALS_LEAST) {
        double reach = t_quantile((double)(intervals - 1)) * spread;
        bounds.known = true;
        bounds.low_ns = histogram_quantile(&load->response, fmax(0, quantile - reach));
        bounds.high_ns = load->response.max;
        if (quantile + reach < 1) {
            bounds.high_ns = histogram_quantile(&load->response, quantile + reach);
        }
    }
    *ret_bounds = bounds;
}
