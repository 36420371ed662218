#include "analysis/interval.h"

#include "analysis/student.h"

#include <math.h>

#define WINDOWS_LEAST 8

/* The standard error of the share at or below `ns` from one window to the next. */
static double spread_of_share(const struct load_record *load, uint64_t ns, double quantile, size_t *ret_windows)
{
    double squares = 0;
    size_t windows = 0;

    for (size_t i = 0; i < load->window_count; i++) {
        if (load->windows[i].response.total > 0) {
            double off = histogram_share_below(&load->windows[i].response, ns) - quantile;
            squares += off * off;
            windows++;
        }
    }
    *ret_windows = windows;
    return windows >= WINDOWS_LEAST ? sqrt(squares / (double)(windows - 1) / (double)windows) : 0;
}

void interval_of_percentile(const struct load_record *load, double quantile, struct time_interval *ret_interval)
{
    struct time_interval interval = {0};
    size_t windows;
    uint64_t at_ns = histogram_quantile(&load->response, quantile);
    double spread = spread_of_share(load, at_ns, quantile, &windows);

    if (windows >= WINDOWS_LEAST) {
        double reach = student_quantile((double)(windows - 1)) * spread;
        interval.known = true;
        interval.low_ns = histogram_quantile(&load->response, fmax(0, quantile - reach));
        interval.high_ns =
            quantile + reach < 1 ? histogram_quantile(&load->response, quantile + reach) : load->response.max;
    }
    *ret_interval = interval;
}

double interval_of_median(size_t count, size_t *ret_low, size_t *ret_high)
{
    double ways = 1, all = ldexp(1, (int)(count < 1000 ? count : 1000)), tail = 1;
    size_t outside = 0;

    while (outside + 1 < count / 2) {
        double next = ways * (double)(count - outside) / (double)(outside + 1);
        if (2 * (tail + next) > (1 - INTERVAL_CONFIDENCE) * all) {
            break;
        }
        ways = next;
        tail += next;
        outside++;
    }
    *ret_low = outside;
    *ret_high = count - 1 - outside;
    return count > 1 ? 1 - 2 * tail / all : 0;
}
