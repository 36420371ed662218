#include "analysis/raised_traffic.h"

#include <stddef.h>

/* Traffic is raised in a window that was offered so much more than the mean one, and has enough to say so. */
#define RAISED_RATIO    1.2
#define RAISED_REQUESTS 50

static bool raised(const struct load_record *load, size_t window)
{
    double mean = (double)load->tally.offered / (double)load->window_count;
    double offered = (double)load->windows[window].tally.offered;
    return offered >= RAISED_REQUESTS && offered > RAISED_RATIO * mean;
}

bool raised_traffic_at(const struct load_record *load, uint64_t at_ns, struct raised_part *ret_part)
{
    if (load->window_count == 0 || load->window_ns == 0) {
        return false;
    }
    uint64_t at = at_ns / load->window_ns; /* its window ended then */
    size_t last = at > 0 ? (size_t)(at - 1) : 0;
    last = last < load->window_count ? last : load->window_count - 1;
    last -= !raised(load, last) && last > 0;
    if (!raised(load, last)) {
        return false;
    }
    size_t first = last;
    while (first > 0 && raised(load, first - 1)) {
        first--;
    }
    while (last + 1 < load->window_count && raised(load, last + 1)) {
        last++;
    }
    *ret_part = (struct raised_part){first * load->window_ns, (last + 1) * load->window_ns};
    return true;
}

bool raised_traffic_next(const struct load_record *load, uint64_t from_ns, struct raised_part *ret_part)
{
    size_t first =
        load->window_ns > 0 ? (size_t)((from_ns + load->window_ns - 1) / load->window_ns) : load->window_count;

    while (first < load->window_count && !raised(load, first)) {
        first++;
    }
    size_t end = first;
    while (end < load->window_count && raised(load, end)) {
        end++;
    }
    if (end > first) {
        *ret_part = (struct raised_part){first * load->window_ns, end * load->window_ns};
    }
    return end > first;
}
