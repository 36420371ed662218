#include "analysis/verdict/queue_growth.h"

#include <math.h>
#include <stddef.h>

/* Requests that pile up: more than this share of what was offered, and more than so many. */
#define QUEUE_SHARE 0.01
#define QUEUE_LEAST 20.0

/* Standard deviations by which rising pairs of intervals outnumber falling ones. */
#define TREND_LEAST 3.0

static double mean_in_flight(const struct load_record *load, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++) {
        sum += (double)load->intervals[i].in_flight;
    }
    return to > from ? sum / (double)(to - from) : 0;
}

/* Mann and Kendall's test for a trend: how many standard deviations the excess of rising over falling pairs is. */
static double trend(const struct load_record *load)
{
    double n = (double)load->interval_count;
    double score = 0;

    for (size_t i = 0; i < load->interval_count; i++) {
        for (size_t j = i + 1; j < load->interval_count; j++) {
            uint64_t before = load->intervals[i].in_flight, after = load->intervals[j].in_flight;
            score += (after > before) - (after < before);
        }
    }
    double deviation = sqrt(n * (n - 1) * (2 * n + 5) / 18);
    return deviation > 0 ? score / deviation : 0;
}

/* A queue in front of a service that is nearly full wanders by itself: by the time `offered` requests have come and
 * gone, independently of each other, by the square root of twice as many. */
static double allowed_growth(double offered)
{
    return fmax(fmax(QUEUE_LEAST, sqrt(2 * offered)), QUEUE_SHARE * offered);
}

bool queue_growth_find(const struct load_record *load, uint64_t *ret_at_ns, double *ret_last)
{
    size_t quarter = load->interval_count / 4;
    if (quarter == 0) {
        return false;
    }
    double at_first = mean_in_flight(load, 0, quarter);
    double at_last = mean_in_flight(load, load->interval_count - quarter, load->interval_count);
    double allowed = allowed_growth((double)load->tally.offered);

    if (at_last - at_first <= allowed || trend(load) <= TREND_LEAST) {
        return false;
    }
    size_t interval = 0;
    while (interval + 1 < load->interval_count && (double)load->intervals[interval].in_flight < at_first + allowed) {
        interval++;
    }
    *ret_at_ns = (interval + 1) * load->interval_ns;
    *ret_last = at_last;
    return true;
}
