/* Packed histograms, as they come out of a run log, beside laid-out ones. */
#include "stats/histogram.h"

#include "base/random.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static char *encode(const struct histogram *histogram)
{
    struct text out = {0};
    histogram_encode(histogram, &out);
    return text_take(&out);
}

/* Both kinds answer every question alike, and are written alike. */
static void check_answers(const struct histogram *packed, const struct histogram *laid_out)
{
    struct text a = {0}, b = {0};

    for (int i = 0; i <= 100; i++) {
        uint64_t ns = histogram_quantile(laid_out, i / 100.0);
        assert_int_equal(histogram_quantile(packed, i / 100.0), ns);
        for (uint64_t near = ns > 0 ? ns - 1 : 0; near <= ns + 1; near++) {
            assert_int_equal(histogram_count_above(packed, near), histogram_count_above(laid_out, near));
            assert_true(histogram_share_below(packed, near) == histogram_share_below(laid_out, near));
        }
    }
    histogram_encode(packed, &a);
    histogram_encode(laid_out, &b);
    assert_string_equal(a.data, b.data);
    text_release(&a);
    text_release(&b);
}

static struct histogram unpack(const struct histogram *packed, int digits)
{
    struct histogram laid_out;

    histogram_init(&laid_out, digits);
    histogram_add(&laid_out, packed);
    return laid_out;
}

TEST(packed_and_laid_out_histograms_say_the_same)
{
    struct random random;

    random_init(&random, 7, 1);
    for (int round = 0; round < 24; round++) {
        int digits = round % 2 == 0 ? 2 : 3;
        struct histogram recorded, packed;
        histogram_init(&recorded, digits);
        for (uint64_t i = 0; i < UINT64_C(1) << round % 12; i++) {
            uint64_t ns = (uint64_t)exp(random_unit(&random) * log((double)HISTOGRAM_HIGHEST_NS));
            histogram_record_many(&recorded, ns, 1 + random_below(&random, 300));
        }
        char *base64 = encode(&recorded);
        assert_int_equal(histogram_decode(&packed, base64, NULL), 0);
        assert_null(packed.counts);
        struct histogram laid_out = unpack(&packed, digits), coarse = unpack(&packed, 2);
        check_answers(&packed, &laid_out);
        assert_memory_equal(laid_out.counts, recorded.counts, recorded.count_length * sizeof *recorded.counts);
        assert_int_equal(coarse.total, recorded.total);
        histogram_release(&laid_out);
        histogram_release(&coarse);
        histogram_release(&packed);
        histogram_release(&recorded);
        free(base64);
    }
}

/* What a run log of hours holds thousands of. */
TEST(a_packed_histogram_owns_no_more_than_its_text)
{
    struct histogram recorded, packed;

    histogram_init(&recorded, 3);
    histogram_record_many(&recorded, 1000000, 500);
    histogram_record_many(&recorded, 3000000, 5);
    char *base64 = encode(&recorded);
    assert_int_equal(histogram_decode(&packed, base64, NULL), 0);
    assert_null(packed.counts);
    assert_true(packed.packed_length <= strlen(base64));
    histogram_release(&packed);
    histogram_release(&recorded);
    free(base64);
}
