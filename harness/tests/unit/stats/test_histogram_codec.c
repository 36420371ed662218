#include "stats/histogram.h"

#include "base/base64.h"
#include "base/mem.h"
#include "base/random.h"
#include "histogram_counts.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Made by HdrHistogram_py 0.10.8: 7 ns five times and 12345678 ns once, 3 digits, up to one hour. */
#define FOREIGN "HISTFAAAACd4nJNpmSzMwMDAxgABzFCaEch0M9ixgMH+A0SAl2vrc0YmAG7yBgc="

static char *encode(const struct histogram *histogram)
{
    struct text out = {0};
    histogram_encode(histogram, &out);
    return text_take(&out);
}

static void check_decodes_to(const char *base64, const struct histogram *expected)
{
    struct histogram decoded;
    struct error err = {0};

    if (histogram_decode(&decoded, base64, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_true(histogram_counts_same(&decoded, expected));
    if (expected->total > 0) {
        double precision = expected->digits == 2 ? 0.01 : 0.001;
        assert_true(decoded.min <= expected->min);
        assert_true((double)decoded.min >= (double)expected->min * (1 - precision) - 1);
        assert_true(decoded.max >= expected->max || expected->max > HISTOGRAM_HIGHEST_NS);
        assert_true(fabs(decoded.sum - expected->sum) <= expected->sum * precision + (double)expected->total);
    } else {
        assert_int_equal(decoded.min, UINT64_MAX);
        assert_int_equal(decoded.max, 0);
    }
    histogram_release(&decoded);
}

static void check_round_trip(const struct histogram *histogram)
{
    char *base64 = encode(histogram);
    check_decodes_to(base64, histogram);
    free(base64);
}

TEST(an_empty_histogram_comes_back)
{
    for (int digits = 2; digits <= 3; digits++) {
        struct histogram histogram;
        histogram_init(&histogram, digits);
        check_round_trip(&histogram);
        histogram_release(&histogram);
    }
}

TEST(single_values_at_the_edges_come_back)
{
    static const uint64_t values[] = {0, 1, 2, 255, 256, 2047, 2048, 1000000, HISTOGRAM_HIGHEST_NS};

    for (int digits = 2; digits <= 3; digits++) {
        for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
            struct histogram histogram;
            histogram_init(&histogram, digits);
            histogram_record(&histogram, values[i]);
            check_round_trip(&histogram);
            histogram_release(&histogram);
        }
    }
}

/* Counts whose zig-zag form takes one byte, two, … and all nine. */
TEST(counts_of_every_length_come_back)
{
    struct histogram histogram;

    histogram_init(&histogram, 3);
    for (int bit = 0; bit < 62; bit++) {
        histogram_record_many(&histogram, (uint64_t)bit * bit * bit, UINT64_C(1) << bit);
    }
    check_round_trip(&histogram);
    histogram_release(&histogram);
}

TEST(gaps_of_every_length_come_back)
{
    struct histogram histogram;
    uint64_t at = 0;

    histogram_init(&histogram, 2);
    for (uint64_t gap = 1; at < histogram.count_length; gap++) {
        uint64_t low, width;
        histogram_bucket(&histogram, (uint32_t)at, &low, &width);
        if (low <= HISTOGRAM_HIGHEST_NS) {
            histogram_record_many(&histogram, low, gap);
        }
        at += gap;
    }
    check_round_trip(&histogram);
    histogram_release(&histogram);
}

TEST(random_histograms_come_back)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int round = 0; round < 20; round++) {
        struct histogram histogram;
        histogram_init(&histogram, round % 2 == 0 ? 2 : 3);
        for (uint64_t i = 0; i < UINT64_C(1) << round % 15; i++) {
            histogram_record(&histogram, (uint64_t)exp(random_unit(&random) * log((double)HISTOGRAM_HIGHEST_NS)));
        }
        check_round_trip(&histogram);
        histogram_release(&histogram);
    }
}

TEST(what_another_implementation_wrote_is_read)
{
    struct histogram histogram;

    histogram_init(&histogram, 3);
    histogram_record_many(&histogram, 7, 5);
    histogram_record(&histogram, 12345678);
    check_decodes_to(FOREIGN, &histogram);
    histogram_release(&histogram);
}

static struct histogram sample_histogram(void)
{
    struct histogram histogram;
    struct random random;

    random_init(&random, 3, 1);
    histogram_init(&histogram, 2);
    for (int i = 0; i < 200; i++) {
        histogram_record(&histogram, random_below(&random, 1000000));
    }
    return histogram;
}

/* Fails with a message, or gives the same counts if the damage is in bits that mean nothing. */
static void check_damaged(const char *base64, const struct histogram *original)
{
    struct histogram decoded;
    struct error err = {0};

    if (histogram_decode(&decoded, base64, &err) != 0) {
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_true(strlen(err.message) > 0);
        return;
    }
    assert_true(histogram_counts_same(&decoded, original));
    histogram_release(&decoded);
}

TEST(damage_to_any_byte_is_never_taken_for_other_counts)
{
    struct histogram histogram = sample_histogram();
    struct text packed = {0};
    char *base64 = encode(&histogram);

    base64_decode(base64, &packed);
    for (size_t i = 0; i < packed.length; i++) {
        for (int bit = 0; bit < 8; bit++) {
            struct text again = {0};
            packed.data[i] ^= (char)(1 << bit);
            base64_encode(packed.data, packed.length, &again);
            check_damaged(again.data, &histogram);
            text_release(&again);
            packed.data[i] ^= (char)(1 << bit);
        }
    }
    text_release(&packed);
    free(base64);
    histogram_release(&histogram);
}

TEST(a_text_cut_anywhere_is_refused)
{
    struct histogram histogram = sample_histogram(), decoded;
    char *base64 = encode(&histogram);

    for (size_t length = strlen(base64); length-- > 0;) {
        struct error err = {0};
        base64[length] = '\0';
        assert_int_equal(histogram_decode(&decoded, base64, &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
    }
    free(base64);
    histogram_release(&histogram);
}

/* ---- texts that are complete and compressed correctly, but have impossible contents ---- */

struct header {
    uint32_t cookie, payload, offset, digits;
    uint64_t lowest, highest;
};

static const struct header sound = {0x1c849313, 0, 0, 2, 1, HISTOGRAM_HIGHEST_NS};

static void put(struct text *out, uint64_t value, int bytes)
{
    while (bytes-- > 0) {
        char byte = (char)(value >> (8 * bytes));
        text_append(out, &byte, 1);
    }
}

/* A V2 text of this header (its payload added to the true length) and these counts. */
static char *pack(const struct header *header, const void *counts, size_t length, uint32_t cookie)
{
    struct text plain = {0}, packed = {0}, out = {0};
    uLongf size = compressBound(length + 64);
    unsigned char *deflated = mem_new(size, 1);

    put(&plain, header->cookie, 4);
    put(&plain, header->payload + length, 4);
    put(&plain, header->offset, 4);
    put(&plain, header->digits, 4);
    put(&plain, header->lowest, 8);
    put(&plain, header->highest, 8);
    put(&plain, UINT64_C(0x3ff0000000000000), 8);
    text_append(&plain, counts, length);
    assert_int_equal(compress(deflated, &size, (const Bytef *)plain.data, plain.length), Z_OK);
    put(&packed, cookie, 4);
    put(&packed, size, 4);
    text_append(&packed, deflated, size);
    base64_encode(packed.data, packed.length, &out);
    text_release(&plain);
    text_release(&packed);
    free(deflated);
    return text_take(&out);
}

static void check_refused(char *base64, const char *what)
{
    struct histogram decoded;
    struct error err = {0};

    if (histogram_decode(&decoded, base64, &err) != -1) {
        fail_msg("taken: %s", what);
    }
    assert_int_equal(err.kind, ERROR_INPUT);
    free(base64);
}

TEST(a_header_that_does_not_fit_is_refused)
{
    struct header h;
    char *base64 = pack(&sound, "\x02", 1, 0x1c849314);
    struct histogram one;

    histogram_init(&one, 2);
    histogram_record(&one, 0);
    check_decodes_to(base64, &one); /* the packing itself is right */
    histogram_release(&one);
    free(base64);

    check_refused(pack(&sound, "\x02", 1, 0x1c849303), "another cookie outside");
    h = sound, h.cookie = 0x1c849303;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "another cookie inside");
    h = sound, h.payload = 1;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "more payload than there is");
    h = sound, h.offset = 3;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "shifted counts");
    h = sound, h.digits = 1;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "one digit");
    h = sound, h.digits = 4;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "four digits");
    h = sound, h.lowest = 1000;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "microseconds");
    h = sound, h.highest = 1000;
    check_refused(pack(&h, "\x02", 1, 0x1c849314), "a shorter range");
}

TEST(counts_that_cannot_be_are_refused)
{
    static const char least[] = "\xff\xff\xff\xff\xff\xff\xff\xff\xff"; /* INT64_MIN */
    static const char most[] = "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\xfe\xff\xff\xff\xff\xff\xff\xff\xff"; /* twice */
    char *many = mem_new(700000, 1);

    check_refused(pack(&sound, "\x80", 1, 0x1c849314), "a number that does not end");
    check_refused(pack(&sound, least, 8, 0x1c849314), "a long number that does not end");
    /* -4609 empty buckets where there are 4608; then 4608 of them and one more count */
    check_refused(pack(&sound, "\x81\x48", 2, 0x1c849314), "a gap longer than the histogram");
    check_refused(pack(&sound, "\xff\x47\x02", 3, 0x1c849314), "a count behind the last bucket");
    check_refused(pack(&sound, least, 9, 0x1c849314), "a gap without a length");
    check_refused(pack(&sound, most, 18, 0x1c849314), "counts whose sum has no number");
    check_refused(pack(&sound, many, 4609, 0x1c849314), "more buckets than there are");
    check_refused(pack(&sound, many, 700000, 0x1c849314), "a payload of any size");
    free(many);
}

/* Other programs may write zeros singly, or at the end, and numbers longer than they need to be. */
TEST(counts_written_in_other_ways_are_the_same_counts)
{
    struct histogram expected, decoded;
    struct text again = {0};
    char *plain = pack(&sound, "\x00\x00\x02\x01\x86\x00\x00\x00", 8, 0x1c849314);

    histogram_init(&expected, 2);
    histogram_record(&expected, 2);
    histogram_record_many(&expected, 4, 3);
    check_decodes_to(plain, &expected);
    assert_int_equal(histogram_decode(&decoded, plain, NULL), 0);
    histogram_encode(&decoded, &again);
    char *own = encode(&expected);
    assert_string_equal(again.data, own);
    free(own);
    text_release(&again);
    histogram_release(&decoded);
    histogram_release(&expected);
    free(plain);
}

TEST(what_is_no_histogram_at_all_is_refused)
{
    check_refused(mem_string(""), "nothing");
    check_refused(mem_string("HIST"), "three bytes");
    check_refused(mem_string("HISTFAAAAAA="), "no body");
    check_refused(mem_string("not base64"), "no base64");
    check_refused(mem_string("AAAAAAAAAAAAAAAA"), "zeros");
}
