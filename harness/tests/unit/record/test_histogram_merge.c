#include "record/thinning/histogram_merge.h"

#include "base/random.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

static bool in_other_sixteens(const void *terms, uint32_t low, uint32_t high)
{
    (void)terms;
    return low / 16 != high / 16;
}

static bool never(const void *terms, uint32_t low, uint32_t high)
{
    (void)terms;
    return low == high;
}

static void fill(struct histogram *histogram, int digits, uint64_t seed)
{
    struct random random;

    random_init(&random, seed, 0);
    histogram_init(histogram, digits);
    for (size_t i = 0; i < 2000; i++) {
        histogram_record_many(histogram, (uint64_t)exp(10 + 8 * random_unit(&random)), 1 + random_below(&random, 9));
    }
}

static void check_same_sums(const struct histogram *merged, const struct histogram *from)
{
    assert_int_equal(merged->total, from->total);
    assert_int_equal(merged->min, from->min);
    assert_int_equal(merged->max, from->max);
    assert_true(merged->sum == from->sum);
}

TEST(what_is_apart_is_counted_as_before)
{
    for (int digits = 2; digits <= 3; digits++) {
        struct histogram from, merged, decoded;
        struct text text = {0};
        fill(&from, digits, 5);
        histogram_merge(&from, in_other_sixteens, NULL, &merged);
        check_same_sums(&merged, &from);
        for (uint32_t index = 16; index < from.count_length; index += 16) { /* a cell ends before it */
            uint64_t low, width;
            histogram_bucket(&from, index, &low, &width);
            assert_int_equal(histogram_count_above(&merged, low - 1), histogram_count_above(&from, low - 1));
        }
        /* What is written of it is read again. */
        histogram_encode(&merged, &text);
        assert_int_equal(histogram_decode(&decoded, text.data, NULL), 0);
        assert_int_equal(decoded.total, from.total);
        assert_int_equal(histogram_count_above(&decoded, 1000000), histogram_count_above(&merged, 1000000));
        histogram_release(&decoded);
        histogram_release(&merged);
        histogram_release(&from);
        text_release(&text);
    }
}

TEST(the_first_bucket_stays_and_the_rest_is_counted_in_the_last)
{
    struct histogram from, merged;
    struct histogram_walk walk = {0};

    fill(&from, 2, 6);
    histogram_merge(&from, never, NULL, &merged);
    check_same_sums(&merged, &from);
    assert_true(histogram_next(&merged, &walk));
    assert_int_equal(walk.index, histogram_index(&from, from.min));
    assert_true(histogram_next(&merged, &walk));
    assert_int_equal(walk.index, histogram_index(&from, from.max));
    assert_false(histogram_next(&merged, &walk));
    histogram_release(&merged);
    histogram_release(&from);
}

TEST(an_empty_one_stays_empty)
{
    struct histogram from, merged;

    histogram_init(&from, 3);
    histogram_merge(&from, never, NULL, &merged);
    check_same_sums(&merged, &from);
    assert_int_equal(histogram_quantile(&merged, 0.5), 0);
    histogram_release(&merged);
    histogram_release(&from);
}
