#include "stats/histogram.h"

#include "base/mem.h"
#include "base/random.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* The bucket in which a single value was counted. */
static uint32_t index_of(int digits, uint64_t ns)
{
    struct histogram histogram;
    uint32_t index = 0;

    histogram_init(&histogram, digits);
    histogram_record(&histogram, ns);
    while (index < histogram.count_length && histogram.counts[index] == 0) {
        index++;
    }
    assert_true(index < histogram.count_length);
    assert_int_equal(histogram.counts[index], 1);
    histogram_release(&histogram);
    return index;
}

/* Indices and buckets as HdrHistogram_py 0.10.8 gives them for a range from 1 ns to one hour. */
TEST(the_layout_is_that_of_hdrhistogram)
{
    static const struct {
        uint32_t digits;
        uint64_t ns, index, low, width;
    } cases[] = {
        {2, 0, 0, 0, 1},
        {2, 1, 1, 1, 1},
        {2, 255, 255, 255, 1},
        {2, 256, 256, 256, 2},
        {2, 257, 256, 256, 2},
        {2, 511, 383, 510, 2},
        {2, 512, 384, 512, 4},
        {2, 515, 384, 512, 4},
        {2, 516, 385, 516, 4},
        {2, 1023, 511, 1020, 4},
        {2, 1024, 512, 1024, 8},
        {2, 1000000, 1780, 999424, 4096},
        {2, 999999999, 3054, 998244352, 4194304},
        {2, UINT64_C(1800000000000), 4433, UINT64_C(1795296329728), UINT64_C(8589934592)},
        {2, UINT64_C(2199023255551), 4479, UINT64_C(2190433320960), UINT64_C(8589934592)},
        {2, UINT64_C(2199023255552), 4480, UINT64_C(2199023255552), UINT64_C(17179869184)},
        {2, HISTOGRAM_HIGHEST_NS, 4561, UINT64_C(3590592659456), UINT64_C(17179869184)},
        {3, 0, 0, 0, 1},
        {3, 2047, 2047, 2047, 1},
        {3, 2048, 2048, 2048, 2},
        {3, 2049, 2048, 2048, 2},
        {3, 4095, 3071, 4094, 2},
        {3, 4096, 3072, 4096, 4},
        {3, 4099, 3072, 4096, 4},
        {3, 4100, 3073, 4100, 4},
        {3, 8191, 4095, 8188, 4},
        {3, 8192, 4096, 8192, 8},
        {3, 1000000, 11169, 999936, 512},
        {3, 999999999, 21363, 999817216, 524288},
        {3, UINT64_C(2199023255551), 32767, UINT64_C(2197949513728), UINT64_C(1073741824)},
        {3, UINT64_C(2199023255552), 32768, UINT64_C(2199023255552), UINT64_C(2147483648)},
        {3, HISTOGRAM_HIGHEST_NS, 33420, UINT64_C(3599182594048), UINT64_C(2147483648)},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct histogram histogram;
        uint64_t low, width;
        histogram_init(&histogram, (int)cases[i].digits);
        assert_int_equal(histogram.count_length, cases[i].digits == 2 ? 4608 : 33792);
        histogram_bucket(&histogram, (uint32_t)cases[i].index, &low, &width);
        assert_int_equal(index_of((int)cases[i].digits, cases[i].ns), cases[i].index);
        assert_int_equal(low, cases[i].low);
        assert_int_equal(width, cases[i].width);
        histogram_release(&histogram);
    }
}

TEST(buckets_follow_each_other_and_are_narrow_enough)
{
    for (int digits = 2; digits <= 3; digits++) {
        struct histogram histogram;
        uint64_t next = 0, precision = digits == 2 ? 100 : 1000;
        histogram_init(&histogram, digits);
        for (uint32_t i = 0; i < histogram.count_length; i++) {
            uint64_t low, width;
            histogram_bucket(&histogram, i, &low, &width);
            assert_int_equal(low, next);
            assert_true(width == 1 || width * precision <= low);
            next = low + width;
        }
        assert_true(next > HISTOGRAM_HIGHEST_NS);
        histogram_release(&histogram);
    }
}

TEST(every_value_is_counted_in_the_bucket_that_holds_it)
{
    for (int digits = 2; digits <= 3; digits++) {
        struct histogram histogram;
        histogram_init(&histogram, digits);
        for (uint64_t ns = 1; ns < HISTOGRAM_HIGHEST_NS; ns += ns / 14 + 1) {
            uint64_t low, width;
            histogram_bucket(&histogram, index_of(digits, ns), &low, &width);
            assert_true(low <= ns && ns < low + width);
        }
        histogram_release(&histogram);
    }
}

static int compare(const void *a, const void *b)
{
    uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;
    return left < right ? -1 : left > right;
}

/* Log-uniform from 1 ns to about an hour: every bucket size is met. */
static uint64_t random_ns(struct random *random)
{
    return (uint64_t)exp(random_unit(random) * log((double)HISTOGRAM_HIGHEST_NS));
}

/* The end of the bucket that a value falls into. */
static uint64_t bucket_end(const struct histogram *histogram, uint64_t ns)
{
    uint64_t low, width;
    histogram_bucket(histogram, index_of(histogram->digits, ns), &low, &width);
    return low + width - 1;
}

static void check_quantiles(const struct histogram *histogram, const uint64_t *sorted, size_t count)
{
    static const double quantiles[] = {0, 0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};
    for (size_t i = 0; i < sizeof quantiles / sizeof quantiles[0]; i++) {
        size_t rank = (size_t)ceil(quantiles[i] * (double)count - 1e-9);
        uint64_t truth = sorted[rank > 0 ? rank - 1 : 0];
        uint64_t end = bucket_end(histogram, truth), most = sorted[count - 1];
        assert_int_equal(histogram_quantile(histogram, quantiles[i]), end < most ? end : most);
    }
}

TEST(quantiles_are_those_of_the_sorted_values)
{
    static const size_t counts[] = {1, 2, 3, 10, 99, 100, 101, 1000, 5000};
    struct random random;

    random_init(&random, 1, 1);
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        struct histogram histogram;
        uint64_t *values = mem_new(counts[i], sizeof *values);
        histogram_init(&histogram, i % 2 == 0 ? 2 : 3);
        for (size_t j = 0; j < counts[i]; j++) {
            values[j] = random_ns(&random);
            histogram_record(&histogram, values[j]);
        }
        qsort(values, counts[i], sizeof *values, compare);
        check_quantiles(&histogram, values, counts[i]);
        histogram_release(&histogram);
        free(values);
    }
}

/* 0.99 * 1000 is slightly above 990 in floating point. */
TEST(a_quantile_asks_for_no_value_more_than_it_needs)
{
    struct histogram histogram;

    histogram_init(&histogram, 3);
    for (uint64_t ns = 1; ns <= 1000; ns++) {
        histogram_record(&histogram, ns);
    }
    assert_int_equal(histogram_quantile(&histogram, 0.99), 990);
    assert_int_equal(histogram_quantile(&histogram, 0.999), 999);
    assert_int_equal(histogram_quantile(&histogram, 0.9991), 1000);
    assert_int_equal(histogram_quantile(&histogram, 0.5), 500);
    assert_int_equal(histogram_quantile(&histogram, 0), 1);
    assert_int_equal(histogram_quantile(&histogram, 1), 1000);
    histogram_release(&histogram);
}

TEST(mean_least_and_most_are_exact)
{
    struct histogram histogram;

    histogram_init(&histogram, 2);
    histogram_record(&histogram, 1000003);
    histogram_record_many(&histogram, 3000001, 3);
    histogram_record_many(&histogram, 5, 0);
    assert_int_equal(histogram.total, 4);
    assert_int_equal(histogram.min, 1000003);
    assert_int_equal(histogram.max, 3000001);
    assert_true(histogram_mean(&histogram) == (1000003 + 3 * 3000001.0) / 4);
    histogram_release(&histogram);
}

TEST(an_empty_histogram_says_zero)
{
    struct histogram histogram;

    histogram_init(&histogram, 3);
    assert_int_equal(histogram.total, 0);
    assert_int_equal(histogram.min, UINT64_MAX);
    assert_int_equal(histogram.max, 0);
    assert_int_equal(histogram_quantile(&histogram, 0.99), 0);
    assert_true(histogram_mean(&histogram) == 0);
    assert_true(histogram_share_below(&histogram, 1000) == 0);
    for (uint32_t i = 0; i < histogram.count_length; i++) {
        assert_int_equal(histogram.counts[i], 0);
    }
    histogram_release(&histogram);
}

TEST(a_value_above_the_highest_is_counted_and_the_most_stays_true)
{
    struct histogram histogram;

    histogram_init(&histogram, 2);
    histogram_record_many(&histogram, 1000, 98);
    histogram_record(&histogram, 2 * HISTOGRAM_HIGHEST_NS);
    histogram_record(&histogram, 9 * HISTOGRAM_HIGHEST_NS);
    assert_int_equal(histogram.total, 100);
    assert_int_equal(histogram.counts[index_of(2, HISTOGRAM_HIGHEST_NS)], 2);
    assert_int_equal(histogram.max, 9 * HISTOGRAM_HIGHEST_NS);
    assert_int_equal(histogram_quantile(&histogram, 1), 9 * HISTOGRAM_HIGHEST_NS);
    assert_true(histogram_quantile(&histogram, 0.985) >= HISTOGRAM_HIGHEST_NS);
    assert_true(histogram_quantile(&histogram, 0.98) < 1010);
    assert_true(histogram_share_below(&histogram, UINT64_MAX) == 1);
    histogram_record(&histogram, UINT64_MAX);
    assert_int_equal(histogram.max, UINT64_MAX);
    histogram_release(&histogram);
}

static void check_same(const struct histogram *a, const struct histogram *b)
{
    assert_int_equal(a->digits, b->digits);
    assert_int_equal(a->total, b->total);
    assert_int_equal(a->min, b->min);
    assert_int_equal(a->max, b->max);
    assert_true(fabs(a->sum - b->sum) <= 1e-9 * b->sum);
    assert_memory_equal(a->counts, b->counts, b->count_length * sizeof *b->counts);
}

TEST(merging_parts_gives_the_whole)
{
    for (int digits = 2; digits <= 3; digits++) {
        struct histogram whole, merged, parts[3];
        struct random random;

        random_init(&random, 5, 1);
        histogram_init(&whole, digits);
        histogram_init(&merged, digits);
        for (int i = 0; i < 3; i++) {
            histogram_init(&parts[i], digits);
        }
        for (int i = 0; i < 30000; i++) {
            uint64_t ns = random_ns(&random);
            histogram_record(&whole, ns);
            histogram_record(&parts[random_below(&random, 2)], ns); /* the third stays empty */
        }
        for (int i = 0; i < 3; i++) {
            histogram_add(&merged, &parts[i]);
            histogram_release(&parts[i]);
        }
        check_same(&merged, &whole);
        histogram_release(&merged);
        histogram_release(&whole);
    }
}

/* Every fine bucket lies inside one coarse bucket. */
TEST(merging_fine_into_coarse_is_exact_too)
{
    struct histogram fine, coarse, merged;
    struct random random;

    random_init(&random, 6, 1);
    histogram_init(&fine, 3);
    histogram_init(&coarse, 2);
    histogram_init(&merged, 2);
    for (int i = 0; i < 30000; i++) {
        uint64_t ns = random_ns(&random);
        histogram_record(&fine, ns);
        histogram_record(&coarse, ns);
    }
    histogram_add(&merged, &fine);
    check_same(&merged, &coarse);
    histogram_release(&fine);
    histogram_release(&coarse);
    histogram_release(&merged);
}

TEST(a_quantile_is_above_a_value_when_fewer_than_its_rank_are_not)
{
    static const double quantiles[] = {0.5, 0.9, 0.99, 0.999};
    struct random random;

    random_init(&random, 11, 0);
    for (int round = 0; round < 400; round++) {
        struct histogram histogram;
        histogram_init(&histogram, round % 2 == 0 ? 2 : 3);
        uint64_t count = 1 + random_below(&random, 2000), spread = 1 + random_below(&random, 100000000);
        for (uint64_t i = 0; i < count; i++) {
            histogram_record(&histogram, 1000 + random_below(&random, spread));
        }
        uint64_t limit = 1000 + random_below(&random, spread), above = histogram_count_above(&histogram, limit);
        for (size_t i = 0; i < sizeof quantiles / sizeof quantiles[0]; i++) {
            bool over = histogram_quantile(&histogram, quantiles[i]) > limit;
            assert_int_equal(over, count - above < histogram_rank(count, quantiles[i]));
        }
        assert_int_equal(histogram_count_above(&histogram, histogram.max), 0);
        assert_int_equal(histogram_count_above(&histogram, histogram.min - 1), count);
        histogram_release(&histogram);
    }
}

TEST(the_share_below_counts_whole_buckets)
{
    struct histogram histogram;

    histogram_init(&histogram, 2);
    for (uint64_t ns = 1; ns <= 200; ns++) {
        histogram_record(&histogram, ns);
    }
    histogram_record_many(&histogram, 1000000, 200);
    assert_true(histogram_share_below(&histogram, 0) == 0);
    assert_true(histogram_share_below(&histogram, 1) == 1 / 400.0);
    assert_true(histogram_share_below(&histogram, 100) == 100 / 400.0);
    assert_true(histogram_share_below(&histogram, 500000) == 0.5);
    assert_true(histogram_share_below(&histogram, 999423) == 0.5);
    assert_true(histogram_share_below(&histogram, 999424) == 1); /* the start of the bucket of 1000000 */
    assert_true(histogram_share_below(&histogram, HISTOGRAM_HIGHEST_NS) == 1);
    histogram_release(&histogram);
}

/* The last bucket ends above `highest`; only another program counts values there. */
TEST(a_value_above_the_highest_is_below_itself)
{
    struct histogram histogram;
    uint64_t low, width;

    histogram_init(&histogram, 2);
    uint32_t last = histogram.count_length - 1;
    histogram_bucket(&histogram, last, &low, &width);
    assert_true(low > HISTOGRAM_HIGHEST_NS);
    histogram.counts[last] = 3;
    histogram.total = 3;
    histogram.min = low;
    histogram.max = low + width - 1;
    assert_true(histogram_quantile(&histogram, 0.5) == histogram.max);
    assert_true(histogram_share_below(&histogram, histogram.max) == 1);
    assert_true(histogram_share_below(&histogram, HISTOGRAM_HIGHEST_NS - 1) == 0);
    histogram_release(&histogram);
}
