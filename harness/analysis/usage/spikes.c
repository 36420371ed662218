#include "analysis/usage/spikes.h"

#include <stddef.h>

/* Traffic is raised in an interval in which so many times the mean was offered, and enough to say so. */
#define RAISED_RATIO    1.2
#define RAISED_REQUESTS 50

static bool raised(const struct load_record *load, size_t interval)
{
    double mean = (double)load->tally.offered / (double)load->interval_count;
    double offered = (double)load->intervals[interval].tally.offered;
    return offered >= RAISED_REQUESTS && offered > RAISED_RATIO * mean;
}

bool spikes_at(const struct load_record *load, uint64_t at_ns, struct spike *ret_spike)
{
    if (load->interval_count == 0 || load->interval_ns == 0) {
        return false;
    }
    uint64_t ended = at_ns / load->interval_ns; /* intervals over by then: the moment is the end of the last of them */
    size_t last = load->interval_count - 1;
    if (ended == 0) {
        last = 0;
    } else if (ended - 1 < last) {
        last = (size_t)(ended - 1);
    }
    if (!raised(load, last) && last > 0) {
        last--;
    }
    if (!raised(load, last)) {
        return false;
    }
    size_t first = last;
    while (first > 0 && raised(load, first - 1)) {
        first--;
    }
    while (last + 1 < load->interval_count && raised(load, last + 1)) {
        last++;
    }
    *ret_spike = (struct spike){first * load->interval_ns, (last + 1) * load->interval_ns};
    return true;
}

bool spikes_next(const struct load_record *load, uint64_t from_ns, struct spike *ret_spike)
{
    if (load->interval_ns == 0) {
        return false;
    }
    size_t first = (size_t)((from_ns + load->interval_ns - 1) / load->interval_ns);
    while (first < load->interval_count && !raised(load, first)) {
        first++;
    }
    size_t end = first;
    while (end < load->interval_count && raised(load, end)) {
        end++;
    }
    if (end > first) {
        *ret_spike = (struct spike){first * load->interval_ns, end * load->interval_ns};
    }
    return end > first;
}
