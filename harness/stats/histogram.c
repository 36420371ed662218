#include "stats/histogram.h"

#include "base/mem.h"
#include "stats/zigzag.h"

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

void histogram_init_packed(struct histogram *histogram, int digits)
{
    *histogram =
        (struct histogram){.digits = digits, .sub_bits = sub_bits_for(digits), .highest = HISTOGRAM_HIGHEST_NS};
    uint32_t buckets = 1;
    while ((UINT64_C(1) << (histogram->sub_bits + buckets - 1)) <= histogram->highest) {
        buckets++;
    }
    histogram->count_length = (buckets + 1) << (histogram->sub_bits - 1);
    histogram->min = UINT64_MAX;
}

void histogram_init(struct histogram *histogram, int digits)
{
    histogram_init_packed(histogram, digits);
    histogram->counts = mem_new(histogram->count_length, sizeof *histogram->counts);
}

void histogram_release(struct histogram *histogram)
{
    free(histogram->counts);
    free(histogram->packed);
    free(histogram->landmarks);
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

static bool next_laid_out(const struct histogram *histogram, struct histogram_walk *walk)
{
    uint32_t at = walk->next;

    while (at < histogram->count_length && histogram->counts[at] == 0) {
        at++;
    }
    if (at == histogram->count_length) {
        walk->next = at;
        return false;
    }
    walk->index = at;
    walk->count = histogram->counts[at];
    walk->next = at + 1;
    return true;
}

/* The bytes were checked when they were decoded: numbers end, and no bucket lies behind the last one. */
static bool next_packed(const struct histogram *histogram, struct histogram_walk *walk)
{
    if (histogram->packed == NULL) {
        return false;
    }
    const unsigned char *at = histogram->packed + walk->offset, *end = histogram->packed + histogram->packed_length;
    int64_t value = 0;

    while (at < end && zigzag_get(&at, end, &value)) {
        if (value > 0) {
            walk->index = walk->next++;
            walk->count = (uint64_t)value;
            walk->offset = (uint32_t)(at - histogram->packed);
            return true;
        }
        walk->next += value < 0 ? (uint32_t)-value : 1;
    }
    walk->offset = histogram->packed_length;
    return false;
}

bool histogram_next(const struct histogram *histogram, struct histogram_walk *walk)
{
    return histogram->counts != NULL ? next_laid_out(histogram, walk) : next_packed(histogram, walk);
}

static void add_counts(struct histogram *into, const struct histogram *from)
{
    struct histogram_walk at = {0};

    assert(into->digits <= from->digits && into->counts != NULL);
    while (histogram_next(from, &at)) {
        uint32_t index = at.index;
        if (into->digits != from->digits) {
            uint64_t low, width;
            histogram_bucket(from, index, &low, &width);
            index = histogram_index(into, low);
        }
        into->counts[index] += at.count;
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

/* A walk that begins at the last landmark with fewer than `before` values before it, and at a bucket up to `index`;
 * *ret_seen is the number of values before it. */
static struct histogram_walk walk_from(const struct histogram *histogram, uint64_t before, uint32_t index,
                                       uint64_t *ret_seen)
{
    struct histogram_landmark from = {0};

    for (uint32_t i = 0; i < histogram->landmark_count; i++) {
        const struct histogram_landmark *landmark = &histogram->landmarks[i];
        if (landmark->before >= before || landmark->index > index) {
            break;
        }
        from = *landmark;
    }
    *ret_seen = from.before;
    return (struct histogram_walk){.next = from.index, .offset = from.offset};
}

uint64_t histogram_quantile(const struct histogram *histogram, double quantile)
{
    if (histogram->total == 0) {
        return 0;
    }
    uint64_t wanted = histogram_rank(histogram->total, quantile), seen;
    struct histogram_walk at = walk_from(histogram, wanted, UINT32_MAX, &seen);

    while (histogram_next(histogram, &at)) {
        seen += at.count;
        if (seen >= wanted) {
            uint64_t low, width;
            histogram_bucket(histogram, at.index, &low, &width);
            uint64_t end = low + width - 1;
            return end < histogram->highest ? least(end, histogram->max) : histogram->max;
        }
    }
    return histogram->max;
}

/* The number of values in the buckets before `index`. */
static uint64_t count_before(const struct histogram *histogram, uint32_t index)
{
    uint64_t seen;
    struct histogram_walk at = walk_from(histogram, UINT64_MAX, index, &seen);

    while (histogram_next(histogram, &at) && at.index < index) {
        seen += at.count;
    }
    return seen;
}

uint64_t histogram_count_above(const struct histogram *histogram, uint64_t ns)
{
    if (histogram->total == 0 || ns >= histogram->max) {
        return 0;
    }
    uint32_t first = histogram_index(histogram, least(ns, histogram->highest));
    uint64_t low, width;
    histogram_bucket(histogram, first, &low, &width);
    if (low + width - 1 <= ns && low + width - 1 < histogram->highest) {
        first++;
    }
    return histogram->total - count_before(histogram, first);
}

double histogram_share_below(const struct histogram *histogram, uint64_t ns)
{
    if (histogram->total == 0) {
        return 0;
    }
    /* The last bucket ends above `highest`, and a histogram from another program can have counts there. */
    uint32_t last = ns < histogram->highest ? histogram_index(histogram, ns) : histogram->count_length - 1;
    return (double)count_before(histogram, last + 1) / (double)histogram->total;
}

double histogram_mean(const struct histogram *histogram)
{
    if (histogram->total == 0) {
        return 0;
    }
    return histogram->sum / (double)histogram->total;
}
