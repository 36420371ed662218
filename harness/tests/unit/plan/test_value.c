#include "plan/traffic/value.h"

#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER TESTS_FOLDER "/cases/scenario/valid/everything"

static struct value read_value(const char *json, const char *folder)
{
    struct json_source source;
    struct value value;
    struct error err = {0};

    assert_int_equal(json_source_parse(&source, "f", json, NULL), 0);
    struct json_at top = json_top(&source);
    if (value_read(&value, &top, "it", folder, &err) != 0) {
        fail_msg("%s", err.message);
    }
    json_source_release(&source);
    assert_string_equal(value.name, "it");
    return value;
}

static void ranges_are_read_with_their_ends(void **state)
{
    (void)state;
    struct value uniform = read_value("{\"uniform\": [-5, 9]}", NULL);
    struct value sequence = read_value("{\"sequence\": [7, 7]}", NULL);

    assert_int_equal(uniform.kind, VALUE_UNIFORM);
    assert_int_equal(uniform.low, -5);
    assert_int_equal(uniform.high, 9);
    assert_int_equal(sequence.kind, VALUE_SEQUENCE);
    assert_int_equal(sequence.low, 7);
    assert_int_equal(sequence.high, 7);
    value_release(&uniform);
    value_release(&sequence);
}

static void the_exponent_of_zipf_is_one_unless_given(void **state)
{
    (void)state;
    struct value plain = read_value("{\"zipf\": [1, 9]}", NULL);
    struct value given = read_value("{\"zipf\": [1, 9, 0.8]}", NULL);
    struct value whole = read_value("{\"zipf\": [1, 9, 2]}", NULL);

    assert_int_equal(plain.kind, VALUE_ZIPF);
    assert_int_equal(plain.low, 1);
    assert_int_equal(plain.high, 9);
    assert_true(plain.exponent == 1);
    assert_true(given.exponent == 0.8);
    assert_true(whole.exponent == 2);
    value_release(&plain);
    value_release(&given);
    value_release(&whole);
}

static void words_and_levels_are_read(void **state)
{
    (void)state;
    struct value words = read_value("{\"words\": 3}", NULL);
    struct value level = read_value("{\"level\": true}", NULL);

    assert_int_equal(words.kind, VALUE_WORDS);
    assert_int_equal(words.words, 3);
    assert_int_equal(level.kind, VALUE_LEVEL);
    value_release(&words);
    value_release(&level);
}

static void a_file_gives_its_lines_without_the_empty_ones(void **state)
{
    (void)state;
    struct value value = read_value("{\"file\": \"words/lines.txt\"}", FOLDER);

    assert_int_equal(value.kind, VALUE_LINES);
    assert_int_equal(value.line_count, 3);
    assert_string_equal(value.lines[0], "one");
    assert_string_equal(value.lines[1], "two \"quoted\"");
    assert_string_equal(value.lines[2], "thré");
    assert_null(value.lines[3]);
    value_release(&value);
}

static void without_a_folder_no_file_is_opened(void **state)
{
    (void)state;
    struct value value = read_value("{\"file\": \"nowhere.txt\"}", NULL);

    assert_int_equal(value.kind, VALUE_LINES);
    assert_null(value.lines);
    value_release(&value);
}

static void only_words_and_lines_are_no_numbers(void **state)
{
    (void)state;
    const bool numbers[] = {
        [VALUE_UNIFORM] = true, [VALUE_ZIPF] = true,    [VALUE_SEQUENCE] = true, [VALUE_WORDS] = false,
        [VALUE_LINES] = false,  [VALUE_NUMBERS] = true, [VALUE_LEVEL] = true};

    for (size_t kind = 0; kind < sizeof numbers / sizeof numbers[0]; kind++) {
        struct value value = {.kind = (enum value_kind)kind};
        assert_int_equal(value_is_number(&value), numbers[kind]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_are_read_with_their_ends),
        cmocka_unit_test(the_exponent_of_zipf_is_one_unless_given),
        cmocka_unit_test(words_and_levels_are_read),
        cmocka_unit_test(a_file_gives_its_lines_without_the_empty_ones),
        cmocka_unit_test(without_a_folder_no_file_is_opened),
        cmocka_unit_test(only_words_and_lines_are_no_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
