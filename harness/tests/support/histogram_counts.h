/* histogram_counts: whether two histograms count the same, whichever of them is laid out or packed. */
#ifndef TWOFOLD_TESTS_HISTOGRAM_COUNTS_H
#define TWOFOLD_TESTS_HISTOGRAM_COUNTS_H

#include "stats/histogram.h"

static inline bool histogram_counts_same(const struct histogram *a, const struct histogram *b)
{
    struct histogram_walk in_a = {0}, in_b = {0};
    bool more = true;

    while (more) {
        more = histogram_next(a, &in_a);
        if (histogram_next(b, &in_b) != more || in_a.index != in_b.index || in_a.count != in_b.count) {
            return false;
        }
    }
    return a->digits == b->digits && a->count_length == b->count_length && a->total == b->total;
}

#endif
