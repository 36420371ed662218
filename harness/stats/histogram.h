/* histogram: times in nanoseconds counted in log-linear buckets, as HdrHistogram does it: from 0 to `highest`, every
 * value kept to `digits` significant decimal digits (2 or 3). Recording costs a few nanoseconds and never allocates;
 * merging is exact; a value above `highest` is counted in the top bucket, and `max` stays true.
 *
 * The bucket layout and the text encoding are HdrHistogram's (V2, zlib, base64), so that its own tools read what is
 * written: sub-bucket count 2^ceil(log2(2*10^digits)), unit 1 ns. */
#ifndef TWOFOLD_STATS_HISTOGRAM_H
#define TWOFOLD_STATS_HISTOGRAM_H

#include "base/error.h"
#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

#define HISTOGRAM_HIGHEST_NS UINT64_C(3600000000000) /* one hour */

struct histogram {
    uint64_t *counts;
    uint32_t count_length;
    uint32_t sub_bits; /* log2 of the sub-bucket count */
    int digits;
    uint64_t highest;
    uint64_t total;
    uint64_t min, max; /* exact, of all values recorded; min is UINT64_MAX while empty */
    double sum;        /* exact up to rounding: for the mean */
};

/* `digits` is 2 (about 38 KB up to an hour) or 3 (about 270 KB). */
void histogram_init(struct histogram *histogram, int digits);
void histogram_release(struct histogram *histogram);
void histogram_clear(struct histogram *histogram);

void histogram_record(struct histogram *histogram, uint64_t ns);
void histogram_record_many(struct histogram *histogram, uint64_t ns, uint64_t count);

/* Add all of `from` to `into`. Exact when both have the same digits; from finer to coarser each bucket is added at its
 * lowest value, and never the other way round (that is a programming error). */
void histogram_add(struct histogram *into, const struct histogram *from);

/* The smallest value such that at least `quantile` (0 … 1) of all recorded values are at or below it, rounded up to the
 * end of its bucket but never above max. 0 while empty. */
uint64_t histogram_quantile(const struct histogram *histogram, double quantile);

/* Which of `total` values in ascending order is their quantile, counted from 1. */
uint64_t histogram_rank(uint64_t total, double quantile);

/* How many of the recorded values are above `ns`, each rounded up to the end of its bucket as histogram_quantile does:
 * the quantile is above `ns` exactly when total - histogram_count_above(ns) is below its rank. */
uint64_t histogram_count_above(const struct histogram *histogram, uint64_t ns);

/* Share of the recorded values that are at or below `ns` (to bucket precision). 0 while empty. */
double histogram_share_below(const struct histogram *histogram, uint64_t ns);

/* The values counted at `index` (0 … count_length - 1): *ret_low and the `*ret_width` - 1 above it. */
void histogram_bucket(const struct histogram *histogram, uint32_t index, uint64_t *ret_low, uint64_t *ret_width);

double histogram_mean(const struct histogram *histogram); /* 0 while empty */

/* HdrHistogram's V2 compressed encoding in base64, appended to `out`; and back. Decoding gives counts, and min, max,
 * sum to bucket precision (a run log stores the exact ones beside). The decoded histogram is initialised by the call.
 */
void histogram_encode(const struct histogram *histogram, struct text *out);
int histogram_decode(struct histogram *histogram, const char *base64, struct error *err);

#endif
