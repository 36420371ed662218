#include "stats/zigzag.h"

#include "base/random.h"
#include "test.h"

static void check_comes_back(int64_t value)
{
    struct text out = {0};
    int64_t back = 0;

    zigzag_put(&out, value);
    const unsigned char *at = (const unsigned char *)out.data, *end = at + out.length;
    assert_true(out.length >= 1 && out.length <= 9);
    assert_true(zigzag_get(&at, end, &back));
    assert_ptr_equal(at, end);
    assert_true(back == value);
    for (size_t length = 0; length < out.length; length++) {
        at = (const unsigned char *)out.data;
        assert_false(zigzag_get(&at, at + length, &back));
    }
    text_release(&out);
}

TEST(every_number_comes_back_and_a_cut_one_does_not)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int bit = 0; bit < 64; bit++) {
        uint64_t power = UINT64_C(1) << bit;
        check_comes_back((int64_t)power);
        check_comes_back((int64_t)(power - 1));
        check_comes_back((int64_t)(0 - power));
        check_comes_back((int64_t)random_next(&random));
    }
}

/* As in HdrHistogram's own encoding. */
TEST(numbers_take_the_bytes_that_are_known)
{
    static const struct {
        int64_t value;
        const char *bytes;
        size_t length;
    } cases[] = {
        {0, "\x00", 1},         {-1, "\x01", 1},
        {1, "\x02", 1},         {63, "\x7e", 1},
        {-64, "\x7f", 1},       {64, "\x80\x01", 2},
        {-4609, "\x81\x48", 2}, {INT64_MIN, "\xff\xff\xff\xff\xff\xff\xff\xff\xff", 9},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text out = {0};
        zigzag_put(&out, cases[i].value);
        assert_int_equal(out.length, cases[i].length);
        assert_memory_equal(out.data, cases[i].bytes, cases[i].length);
        text_release(&out);
    }
}
