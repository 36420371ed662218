#include "analysis/verdict/confidence.h"

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

void confidence_of_percentile(const struct load_record *load, double quantile, struct time_bounds *ret_interval)
{
    struct time_bounds interval = {0};
    size_t intervals;
    uint64_t at_ns = histogram_quantile(&load->response, quantile);
    double spread = spread_of_share(load, at_ns, quantile, &intervals);

    if (intervals >= INTERVALS_LEAST) {
        double reach = t_quantile((double)(intervals - 1)) * spread;
        interval.known = true;
        interval.low_ns = histogram_quantile(&load->response, fmax(0, quantile - reach));
        interval.high_ns =
            quantile + reach < 1 ? histogram_quantile(&load->response, quantile + reach) : load->response.max;
    }
    *ret_interval = interval;
}
