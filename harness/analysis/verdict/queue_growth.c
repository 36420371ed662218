#include "analysis/verdict/queue_growth.h"

#include "base/mem.h"
#include "stats/mann_kendall.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

/* Requests that pile up: more than this share of what was offered, and more than so many. */
#define QUEUE_SHARE 0.01
#define QUEUE_LEAST 20.0

/* The score of the Mann-Kendall test above which the requests in flight rise. */
#define SCORE_LEAST 3.0

static double *in_flight_of(const struct load_record *load)
{
    double *in_flight = mem_new(load->interval_count, sizeof *in_flight);
    for (size_t i = 0; i < load->interval_count; i++) {
        in_flight[i] = (double)load->intervals[i].in_flight;
    }
    return in_flight;
}

static double mean(const double *figures, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++) {
        sum += figures[i];
    }
    return sum / (double)count;
}

/* A queue in front of a service that is nearly full wanders by itself: by the time `offered` requests have come and
 * gone, independently of each other, by the square root of twice as many. */
static double allowed_growth(double offered)
{
    return fmax(fmax(QUEUE_LEAST, sqrt(2 * offered)), QUEUE_SHARE * offered);
}

bool queue_growth_find(const struct load_record *load, struct queue_growth *ret_growth)
{
    size_t count = load->interval_count, quarter = count / 4;
    if (quarter == 0) {
        return false;
    }
    double *in_flight = in_flight_of(load);
    double at_first = mean(in_flight, quarter), at_last = mean(in_flight + count - quarter, quarter);
    double allowed = allowed_growth((double)load->tally.offered);
    bool found = at_last - at_first > allowed && mann_kendall_score(in_flight, count) > SCORE_LEAST;

    if (found) {
        size_t interval = 0;
        while (interval + 1 < count && in_flight[interval] < at_first + allowed) {
            interval++;
        }
        *ret_growth = (struct queue_growth){.at_ns = (interval + 1) * load->interval_ns, .in_flight = at_last};
    }
    free(in_flight);
    return found;
}
