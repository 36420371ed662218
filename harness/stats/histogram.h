/* histogram: times in nanoseconds, counted in buckets whose width grows with the value, as HdrHistogram does: values
 * from 0 to `highest` are kept to `digits` significant decimal digits, 2 or 3. Recording takes a few nanoseconds and
 * never allocates, and merging loses nothing. A value above `highest` is counted in the top bucket, but `max` and `sum`
 * are exact.
 *
 * The layout of the buckets and the text encoding are those of HdrHistogram (V2, zlib, base64), with
 * 2^ceil(log2(2 * 10^digits)) sub-buckets and a unit of 1 ns, so that its own tools can read what is written. */
#ifndef TWOFOLD_STATS_HISTOGRAM_H
#define TWOFOLD_STATS_HISTOGRAM_H

#include "base/error.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_HIGHEST_NS UINT64_C(3600000000000) /* one hour */

struct histogram {
    uint64_t *counts; /* by bucket */
    uint32_t count_length;
    uint32_t sub_bits; /* log2 of the number of sub-buckets */
    int digits;
    uint64_t highest;
    uint64_t total;    /* number of values */
    uint64_t min, max; /* exact; min is UINT64_MAX while the histogram is empty */
    double sum;        /* of all values, exact but for rounding */
};

/* Makes an empty histogram with `digits` of 2 (about 38 KB) or 3 (about 270 KB). */
void histogram_init(struct histogram *histogram, int digits);
void histogram_release(struct histogram *histogram);

/* Record one value, or the same value `count` times. */
void histogram_record(struct histogram *histogram, uint64_t ns);
void histogram_record_many(struct histogram *histogram, uint64_t ns, uint64_t count);

/* Adds all values of `from` to `into`. Exact if both have the same number of digits. If `from` has more, each of its
 * buckets is added at the lowest value of the bucket. `from` may not have fewer. */
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

/* The mean of all values. 0 while the histogram is empty. */
double histogram_mean(const struct histogram *histogram);

/* Appends the histogram to `out` in HdrHistogram's V2 encoding: compressed, in base64. */
void histogram_encode(const struct histogram *histogram, struct text *out);

/* The same without compression, for text that is compressed as a whole. */
void histogram_encode_plain(const struct histogram *histogram, struct text *out);

/* Makes a histogram from either text. The counts are exact; min, max and sum are only as exact as the buckets, so that
 * a run log stores them as well. The histogram is initialised by the call, and must be released if it succeeds. */
int histogram_decode(struct histogram *histogram, const char *base64, struct error *err);

#endif
