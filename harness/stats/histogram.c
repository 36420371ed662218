#include "stats/histogram.h"

#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

static uint64_t least(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

static uint64_t greatest(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* log2 of the number of sub-buckets, which is the smallest power of two that is at least 2 * 10^digits. */
static uint32_t sub_bits_for(int digits)
{
    assert(digits == 2 || digits == 3);
    return digits == 2 ? 8 : 11;
}

/* Bucket 0 has all values below the number of sub-buckets. Each further bit adds the upper half of one more bucket. */
uint32_t histogram_index(const struct histogram *histogram, uint64_t ns)
{
    uint64_t mask = (UINT64_C(1) << histogram->sub_bits) - 1;
    uint32_t bucket = 64 - (uint32_t)__builtin_clzll(ns | mask) - histogram->sub_bits;
    uint32_t sub = (uint32_t)(ns >> bucket);
    return (bucket << (histogram->sub_bits - 1)) + sub;
}

void histogram_bucket(const struct histogram *histogram, uint32_t index, uint64_t *ret_low, uint64_t *ret_width)
{
    uint32_t half_bits = histogram->sub_bits - 1;
    uint32_t bucket = index >> half_bits;
    uint64_t sub = index & ((UINT32_C(1) << half_bits) - 1);

    if (bucket == 0) {
        *ret_low = sub;
        *ret_width = 1;
        return;
    }
    *ret_low = (sub + (UINT64_C(1) << half_bits)) << (bucket - 1);
    *ret_width = UINT64_C(1) << (bucket - 1);
}

void histogram_init(struct histogram *histogram, int digits)
{
    *histogram =
        (struct histogram){.digits = digits, .sub_bits = sub_bits_for(digits), .highest = HISTOGRAM_HIGHEST_NS};
    uint32_t buckets = 1;
    while ((UINT64_C(1) << (histogram->sub_bits + buckets - 1)) <= histogram->highest) {
        buckets++;
    }
    histogram->count_length = (buckets + 1) << (histogram->sub_bits - 1);
    histogram->counts = mem_new(histogram->count_length, sizeof *histogram->counts);
    histogram->min = UINT64_MAX;
}

void histogram_release(struct histogram *histogram)
{
    free(histogram->counts);
    *histogram = (struct histogram){0};
}

void histogram_record_many(struct histogram *histogram, uint64_t ns, uint64_t count)
{
    if (count == 0) {
        return;
    }
    histogram->counts[histogram_index(histogram, least(ns, histogram->highest))] += count;
    histogram->total += count;
    histogram->sum += (double)ns * (double)count;
    histogram->min = least(histogram->min, ns);
    histogram->max = greatest(histogram->max, ns);
}

void histogram_record(struct histogram *histogram, uint64_t ns)
{
    histogram_record_many(histogram, ns, 1);
}

static void add_counts(struct histogram *into, const struct histogram *from)
{
    if (into->digits == from->digits) {
        for (uint32_t i = 0; i < from->count_length; i++) {
            into->counts[i] += from->counts[i];
        }
        return;
    }
    assert(into->digits < from->digits);
    for (uint32_t i = 0; i < from->count_length; i++) {
        if (from->counts[i] != 0) {
            uint64_t low, width;
            histogram_bucket(from, i, &low, &width);
            into->counts[histogram_index(into, low)] += from->counts[i];
        }
    }
}

void histogram_add(struct histogram *into, const struct histogram *from)
{
    if (from->total == 0) {
        return;
    }
    add_counts(into, from);
    into->total += from->total;
    into->sum += from->sum;
    into->min = least(into->min, from->min);
    into->max = greatest(into->max, from->max);
}

uint64_t histogram_rank(uint64_t total, double quantile)
{
    /* The subtraction keeps 0.99 * 1000, which is a hair above 990 in floating point, from asking for the 991st. */
    double rank = ceil(quantile * (double)total - 1e-6);
    return greatest((uint64_t)fmax(rank, 0), 1);
}

uint64_t histogram_quantile(const struct histogram *histogram, double quantile)
{
    if (histogram->total == 0) {
        return 0;
    }
    uint64_t wanted = histogram_rank(histogram->total, quantile), seen = 0;

    for (uint32_t i = 0; i < histogram->count_length; i++) {
        seen += histogram->counts[i];
        if (seen >= wanted) {
            uint64_t low, width;
            histogram_bucket(histogram, i, &low, &width);
            uint64_t end = low + width - 1;
            return end < histogram->highest ? least(end, histogram->max) : histogram->max;
        }
    }
    return histogram->max;
}

uint64_t histogram_count_above(const struct histogram *histogram, uint64_t ns)
{
    if (histogram->total == 0 || ns >= histogram->max) {
        return 0;
    }
    uint32_t first = histogram_index(histogram, least(ns, histogram->highest));
    uint64_t low, width, above = 0;
    histogram_bucket(histogram, first, &low, &width);
    if (low + width - 1 <= ns && low + width - 1 < histogram->highest) {
        first++;
    }
    for (uint32_t i = first; i < histogram->count_length; i++) {
        above += histogram->counts[i];
    }
    return above;
}

double histogram_share_below(const struct histogram *histogram, uint64_t ns)
{
    if (histogram->total == 0) {
        return 0;
    }
    /* The last bucket ends above `highest`, and a histogram from another program can have counts there. */
    uint32_t last = ns < histogram->highest ? histogram_index(histogram, ns) : histogram->count_length - 1;
    uint64_t below = 0;
    for (uint32_t i = 0; i <= last; i++) {
        below += histogram->counts[i];
    }
    return (double)below / (double)histogram->total;
}

double histogram_mean(const struct histogram *histogram)
{
    if (histogram->total == 0) {
        return 0;
    }
    return histogram->sum / (double)histogram->total;
}
