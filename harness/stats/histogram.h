/* histogram: times in nanoseconds, counted in buckets whose width grows with the value, as HdrHistogram does: values
 * from 0 to `highest` are kept to `digits` significant decimal digits, 2 or 3. Recording takes a few nanoseconds and
 * never allocates, and merging loses nothing. A value above `highest` is counted in the top bucket, but `max` and `sum`
 * are exact.
 *
 * A histogram is laid out or packed. A laid-out one (histogram_init) has a counter for each bucket and is the only kind
 * that counts: histogram_record and histogram_add change it. A packed one (histogram_decode) has the counts as they are
 * encoded, in a few hundred bytes instead of 38 or 270 KB, and does not change. All functions that take a const
 * histogram take both kinds.
 *
 * The layout of the buckets and the text encoding are those of HdrHistogram (V2, zlib, base64), with
 * 2^ceil(log2(2 * 10^digits)) sub-buckets and a unit of 1 ns, so that its own tools can read what is written. */
#ifndef TWOFOLD_STATS_HISTOGRAM_H
#define TWOFOLD_STATS_HISTOGRAM_H

#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_HIGHEST_NS UINT64_C(3600000000000) /* one hour */

/* A place in packed counts from which they can be read, so that a question need not begin at the first of them. */
struct histogram_landmark {
    uint32_t offset, index; /* of the byte, and of the bucket that it is the count of */
    uint64_t before;        /* the number of values in the buckets before */
};

struct histogram {
    uint64_t *counts;      /* by bucket; owned; NULL: it is packed */
    unsigned char *packed; /* its counts as they are encoded, which were checked; owned; NULL: none, or laid out */
    uint32_t packed_length;
    uint32_t landmark_count;
    struct histogram_landmark *landmarks; /* in `packed`, from low to high; owned; NULL: none */
    uint32_t count_length;
    uint32_t sub_bits; /* log2 of the number of sub-buckets */
    int digits;
    uint64_t highest;
    uint64_t total;    /* number of values */
    uint64_t min, max; /* exact; min is UINT64_MAX while the histogram is empty */
    double sum;        /* of all values, exact but for rounding */
};

/* Makes an empty histogram with `digits` of 2 (about 38 KB) or 3 (about 270 KB), laid out. */
void histogram_init(struct histogram *histogram, int digits);

/* The same, packed: for a place that a decoded histogram takes later. It owns no memory. */
void histogram_init_packed(struct histogram *histogram, int digits);

/* Either kind. */
void histogram_release(struct histogram *histogram);

/* Record one value, or the same value `count` times, in a laid-out histogram. */
void histogram_record(struct histogram *histogram, uint64_t ns);
void histogram_record_many(struct histogram *histogram, uint64_t ns, uint64_t count);

/* Adds all values of `from` to `into`, which is laid out. Exact if both have the same number of digits. If `from` has
 * more, each of its buckets is added at the lowest value of the bucket. `from` may not have fewer. */
void histogram_add(struct histogram *into, const struct histogram *from);

/* The smallest value that at least a share of `quantile` (0 to 1) of all values do not exceed, rounded up to the end of
 * its bucket but not above `max`. 0 while the histogram is empty. */
uint64_t histogram_quantile(const struct histogram *histogram, double quantile);

/* The rank, from 1 on, of the quantile among `total` values in ascending order. */
uint64_t histogram_rank(uint64_t total, double quantile);

/* How many values are above `ns` when each is rounded up to the end of its bucket, as histogram_quantile does: the
 * quantile is above `ns` exactly when total - histogram_count_above(ns) is below its rank. */
uint64_t histogram_count_above(const struct histogram *histogram, uint64_t ns);

/* The share of values that do not exceed `ns`, to the precision of the buckets. 0 while the histogram is empty. */
double histogram_share_below(const struct histogram *histogram, uint64_t ns);

/* The index of the bucket that counts `ns`, which must not be above `highest`. */
uint32_t histogram_index(const struct histogram *histogram, uint64_t ns);

/* The bucket `index` (0 to count_length - 1) counts the values from *ret_low to *ret_low + *ret_width - 1. */
void histogram_bucket(const struct histogram *histogram, uint32_t index, uint64_t *ret_low, uint64_t *ret_width);

/* A walk over the buckets that count anything, in ascending order, which starts as {0}. */
struct histogram_walk {
    uint32_t index; /* of the bucket that the walk is at */
    uint64_t count; /* what it counts */

    /* For histogram_next alone: */
    uint32_t next;   /* the bucket to look at next, */
    uint32_t offset; /* and where its count is in packed ones */
};

/* Goes on to the next bucket. False after the last one. */
bool histogram_next(const struct histogram *histogram, struct histogram_walk *walk);

/* The mean of all values. 0 while the histogram is empty. */
double histogram_mean(const struct histogram *histogram);

/* Appends the histogram to `out` in HdrHistogram's V2 encoding: compressed, in base64. */
void histogram_encode(const struct histogram *histogram, struct text *out);

/* The same without compression, for text that is compressed as a whole. */
void histogram_encode_plain(const struct histogram *histogram, struct text *out);

/* Makes a packed histogram from either text. The counts are exact; min, max and sum are only as exact as the buckets,
 * so that a run log stores them as well. The histogram is initialised by the call, and must be released if it succeeds.
 * A text that does not hold the counts of one is ERROR_INPUT. */
int histogram_decode(struct histogram *histogram, const char *base64, struct error *err);

#endif
