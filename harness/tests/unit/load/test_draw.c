#include "load/traffic/draw.h"

#include "base/mem.h"
#include "test.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Chi-square of counts against their expectation, in units of its own standard deviation above its mean. */
static double excess(const uint64_t *counts, const double *expected, size_t cells)
{
    double sum = 0;
    for (size_t i = 0; i < cells; i++) {
        double gap = (double)counts[i] - expected[i];
        sum += gap * gap / expected[i];
    }
    double freedom = (double)cells - 1;
    return (sum - freedom) / sqrt(2 * freedom);
}

static int64_t draw_number(struct draw *draw, struct random *random)
{
    struct text out = {0};
    char *end;

    draw_next(draw, random, &out);
    int64_t number = strtoll(out.data, &end, 10);
    assert_int_equal(*end, '\0');
    text_release(&out);
    return number;
}

TEST(numbers_are_written_in_decimal)
{
    static const struct {
        int64_t number;
        const char *text;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {-1, "-1"},
                 {1000000007, "1000000007"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct text out = {0};
        draw_integer(cases[i].number, &out);
        assert_string_equal(out.data, cases[i].text);
        text_release(&out);
    }
}

TEST(uniform_stays_in_its_bounds_and_is_flat)
{
    static const struct value value = {.type = VALUE_UNIFORM, .low = -3, .high = 6};
    uint64_t counts[10] = {0};
    double expected[10];
    struct random random;
    struct draw draw;

    random_init(&random, 1, 1);
    draw_init(&draw, &value, &(struct planned_step){0});
    for (int i = 0; i < 20000; i++) {
        int64_t number = draw_number(&draw, &random);
        assert_true(number >= -3 && number <= 6);
        counts[number + 3]++;
    }
    for (int i = 0; i < 10; i++) {
        expected[i] = 2000;
    }
    assert_true(excess(counts, expected, 10) < 5);
}

TEST(the_widest_range_is_drawn_to_both_ends)
{
    static const int64_t most = (INT64_C(1) << 53) - 1;
    const struct value value = {.type = VALUE_UNIFORM, .low = -most, .high = most};
    struct random random;
    struct draw draw;
    unsigned below = 0, far = 0;

    random_init(&random, 1, 1);
    draw_init(&draw, &value, &(struct planned_step){0});
    for (int i = 0; i < 1000; i++) {
        int64_t number = draw_number(&draw, &random);
        assert_true(number >= -most && number <= most);
        below += number < 0;
        far += number > most / 2 || number < -most / 2;
    }
    assert_in_range(below, 400, 600);
    assert_in_range(far, 400, 600);
}

/* The first cells alone, all others together in the last, so that no cell expects too few. */
static void check_zipf(uint64_t count, double exponent, unsigned draws)
{
    enum { CELLS = 40 };
    size_t cells = count < CELLS ? count : CELLS;
    uint64_t counts[CELLS] = {0};
    double expected[CELLS] = {0}, sum = 0;
    struct random random;
    struct zipf zipf;

    for (uint64_t k = 1; k <= count; k++) {
        double weight = pow((double)k, -exponent);
        expected[k <= cells ? k - 1 : cells - 1] += weight;
        sum += weight;
    }
    for (size_t i = 0; i < cells; i++) {
        expected[i] *= draws / sum;
    }
    random_init(&random, 11, 1);
    zipf_init(&zipf, count, exponent);
    for (unsigned i = 0; i < draws; i++) {
        uint64_t k = zipf_draw(&zipf, &random);
        assert_true(k >= 1 && k <= count);
        counts[k <= cells ? k - 1 : cells - 1]++;
    }
    if (cells > 1 && excess(counts, expected, cells) > 5) {
        fail_msg("zipf of 1 to %u with exponent %g is off by %g sigma", (unsigned)count, exponent,
                 excess(counts, expected, cells));
    }
}

TEST(zipf_frequencies_are_those_of_the_distribution)
{
    static const uint64_t counts[] = {1, 2, 3, 10, 1000, 1000000};
    static const double exponents[] = {0.5, 0.99, 1, 1.2, 2};

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        for (size_t j = 0; j < 5; j++) {
            check_zipf(counts[i], exponents[j], 60000);
        }
    }
}

/* Halves of the range by rank: the far tail is there in its due share, too. */
TEST(the_tail_of_a_wide_zipf_is_drawn)
{
    struct random random;
    struct zipf zipf;
    unsigned far = 0;

    random_init(&random, 2, 1);
    zipf_init(&zipf, UINT64_C(1) << 40, 1);
    for (int i = 0; i < 20000; i++) {
        uint64_t k = zipf_draw(&zipf, &random);
        assert_true(k >= 1 && k <= UINT64_C(1) << 40);
        far += k > UINT64_C(1) << 20;
    }
    /* H(2^20) is 14.44, H(2^40) is 28.30: 49 % lie above 2^20. */
    assert_in_range(far, 9450, 10150);
}

TEST(a_zipf_value_counts_from_its_lower_bound)
{
    static const struct value value = {.type = VALUE_ZIPF, .low = 100, .high = 109, .exponent = 1};
    struct random random;
    struct draw draw;
    unsigned first = 0;

    random_init(&random, 1, 1);
    draw_init(&draw, &value, &(struct planned_step){0});
    for (int i = 0; i < 2000; i++) {
        int64_t number = draw_number(&draw, &random);
        assert_true(number >= 100 && number <= 109);
        first += number == 100;
    }
    assert_in_range(first, 580, 790); /* 1 / H(10) is 34 % */
}

TEST(a_sequence_begins_at_its_lower_bound_and_wraps)
{
    static const struct value value = {.type = VALUE_SEQUENCE, .low = -1, .high = 1};
    static const int64_t expected[] = {-1, 0, 1, -1, 0, 1, -1};
    struct random random;
    struct draw draw;

    random_init(&random, 1, 1);
    draw_init(&draw, &value, &(struct planned_step){0});
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_int_equal(draw_number(&draw, &random), expected[i]);
    }
}

TEST(words_are_letters_with_one_space_between)
{
    struct random random;
    unsigned lengths[16] = {0};

    random_init(&random, 1, 1);
    for (unsigned words = 1; words <= 20; words++) {
        const struct value value = {.type = VALUE_WORDS, .words = words};
        struct draw draw;
        struct text out = {0};
        draw_init(&draw, &value, &(struct planned_step){0});
        draw_next(&draw, &random, &out);
        unsigned found = 1, length = 0;
        for (size_t i = 0; i < out.length; i++) {
            if (out.data[i] == ' ') {
                lengths[length]++;
                found++;
                length = 0;
            } else {
                assert_true(out.data[i] >= 'a' && out.data[i] <= 'z');
                assert_true(++length <= 10);
            }
        }
        assert_int_equal(found, words);
        text_release(&out);
    }
    assert_int_equal(lengths[0] + lengths[1] + lengths[2], 0);
    for (int i = 3; i <= 10; i++) {
        assert_true(lengths[i] > 0);
    }
}

TEST(every_line_is_as_likely_and_comes_as_it_stands)
{
    static char *lines[] = {"one", "zwei \"2\"", "\xc3\xa9t\xc3\xa9", NULL};
    const struct value value = {.type = VALUE_LINES, .lines = lines, .line_count = 3};
    uint64_t counts[3] = {0};
    const double expected[3] = {2000, 2000, 2000};
    struct random random;
    struct draw draw;

    random_init(&random, 1, 1);
    draw_init(&draw, &value, &(struct planned_step){0});
    for (int i = 0; i < 6000; i++) {
        struct text out = {0};
        int line = 0;
        draw_next(&draw, &random, &out);
        while (lines[line] != NULL && strcmp(out.data, lines[line]) != 0) {
            line++;
        }
        assert_true(line < 3);
        counts[line]++;
        text_release(&out);
    }
    assert_true(excess(counts, expected, 3) < 5);
}

TEST(the_level_is_the_steps_own)
{
    static const struct value value = {.type = VALUE_LEVEL};
    struct random random;
    struct draw draw;

    random_init(&random, 1, 1);
    draw_init(&draw, &value, &(struct planned_step){.level = 4096});
    assert_int_equal(draw_number(&draw, &random), 4096);
    assert_int_equal(draw_number(&draw, &random), 4096);
}

TEST(a_range_may_end_at_the_level)
{
    static const enum value_type types[] = {VALUE_UNIFORM, VALUE_ZIPF, VALUE_SEQUENCE};

    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct value value = {.type = types[i], .low = 1, .to_level = true, .exponent = 1};
        struct random random;
        struct draw draw;
        int64_t most = 0;
        random_init(&random, 1, 1);
        draw_init(&draw, &value, &(struct planned_step){.level = 5});
        for (int k = 0; k < 1000; k++) {
            int64_t number = draw_number(&draw, &random);
            assert_in_range(number, 1, 5);
            most = number > most ? number : most;
        }
        assert_int_equal(most, 5);
        draw_release(&draw);
    }
}

TEST(a_list_of_rows_has_so_many_numbers_for_each)
{
    struct value value = {.type = VALUE_NUMBERS, .low = 0, .high = 9, .each = 16};
    struct draw draw;
    struct random random;
    struct text list = {0};
    json_t *numbers;

    random_init(&random, 7, 0);
    draw_init(&draw, &value, &(struct planned_step){.level = 11, .seed = 3});
    draw_next(&draw, &random, &list);
    numbers = json_loadb(list.data, list.length, 0, NULL);
    assert_int_equal(json_array_size(numbers), 176);
    json_decref(numbers);
    text_release(&list);
    draw_release(&draw);
}

TEST(a_list_has_its_length_its_range_and_another_order_each_time)
{
    struct value value = {.type = VALUE_NUMBERS, .low = -5, .high = 99};
    struct draw draw;
    struct random random;
    struct text first = {0}, next = {0};
    unsigned different = 0;

    random_init(&random, 7, 0);
    draw_init(&draw, &value, &(struct planned_step){.level = 200, .seed = 3});
    draw_next(&draw, &random, &first);
    for (int i = 0; i < 50; i++) {
        text_clear(&next);
        draw_next(&draw, &random, &next);
        assert_int_equal(next.length, first.length);
        different += memcmp(next.data, first.data, first.length) != 0;
        json_t *list = json_loadb(next.data, next.length, 0, NULL), *number;
        size_t index;
        assert_int_equal(json_array_size(list), 200);
        json_array_foreach(list, index, number)
        {
            assert_in_range(json_integer_value(number) + 5, 0, 104);
        }
        json_decref(list);
    }
    assert_true(different > 40);
    text_release(&first);
    text_release(&next);
    draw_release(&draw);
}
