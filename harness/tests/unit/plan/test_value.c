#include "plan/traffic/value.h"

#include "base/file.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER TESTS_FOLDER "/cases/scenario/valid/everything"

static struct value read_value(const char *json, const char *folder)
{
    struct json_source source;
    struct value value;
    struct csv_tables tables = {.folder = folder};
    struct error err = {0};

    assert_int_equal(json_source_parse(&source, "f", json, NULL), 0);
    struct json_at top = json_top(&source);
    if (value_read(&value, &top, "it", &tables, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(tables.count, 0);
    json_source_release(&source);
    assert_string_equal(value.name, "it");
    return value;
}

TEST(ranges_are_read_with_their_ends)
{
    struct value uniform = read_value("{\"uniform\": [-5, 9]}", NULL);
    struct value sequence = read_value("{\"sequence\": [7, 7]}", NULL);

    assert_int_equal(uniform.type, VALUE_UNIFORM);
    assert_int_equal(uniform.low, -5);
    assert_int_equal(uniform.high, 9);
    assert_int_equal(sequence.type, VALUE_SEQUENCE);
    assert_int_equal(sequence.low, 7);
    assert_int_equal(sequence.high, 7);
    value_release(&uniform);
    value_release(&sequence);
}

TEST(the_exponent_of_zipf_is_one_unless_given)
{
    struct value plain = read_value("{\"zipf\": [1, 9]}", NULL);
    struct value given = read_value("{\"zipf\": [1, 9, 0.8]}", NULL);
    struct value whole = read_value("{\"zipf\": [1, 9, 2]}", NULL);

    assert_int_equal(plain.type, VALUE_ZIPF);
    assert_int_equal(plain.low, 1);
    assert_int_equal(plain.high, 9);
    assert_true(plain.exponent == 1);
    assert_true(given.exponent == 0.8);
    assert_true(whole.exponent == 2);
    value_release(&plain);
    value_release(&given);
    value_release(&whole);
}

TEST(words_and_levels_are_read)
{
    struct value words = read_value("{\"words\": 3}", NULL);
    struct value level = read_value("{\"level\": true}", NULL);

    assert_int_equal(words.type, VALUE_WORDS);
    assert_int_equal(words.words, 3);
    assert_int_equal(level.type, VALUE_LEVEL);
    value_release(&words);
    value_release(&level);
}

TEST(a_file_gives_its_lines_without_the_empty_ones)
{
    struct value value = read_value("{\"file\": \"words/lines.txt\"}", FOLDER);

    assert_int_equal(value.type, VALUE_LINES);
    assert_int_equal(value.line_count, 3);
    assert_string_equal(value.lines[0], "one");
    assert_string_equal(value.lines[1], "two \"quoted\"");
    assert_string_equal(value.lines[2], "thré");
    assert_null(value.lines[3]);
    value_release(&value);
}

TEST(without_a_folder_no_file_is_opened)
{
    struct value value = read_value("{\"file\": \"nowhere.txt\"}", NULL);

    assert_int_equal(value.type, VALUE_LINES);
    assert_null(value.lines);
    value_release(&value);
}

TEST(only_texts_are_no_numbers)
{
    const bool numbers[] = {[VALUE_UNIFORM] = true, [VALUE_ZIPF] = true,   [VALUE_SEQUENCE] = true,
                            [VALUE_WORDS] = false,  [VALUE_LINES] = false, [VALUE_NUMBERS] = true,
                            [VALUE_LEVEL] = true,   [VALUE_CSV] = false,   [VALUE_ENV] = false};

    for (size_t kind = 0; kind < sizeof numbers / sizeof numbers[0]; kind++) {
        struct value value = {.type = (enum value_type)kind};
        assert_int_equal(value_is_number(&value), numbers[kind]);
    }
}

TEST(a_column_of_numbers_says_so)
{
    assert_true(value_is_number(&(struct value){.type = VALUE_CSV, .number = true}));
}

TEST(a_header_holds_everything_but_control_characters)
{
    assert_true(value_fits_header("", 0));
    assert_true(value_fits_header("a b\t\xc3\xa9~", 7));
    assert_false(value_fits_header("a\nb", 3));
    assert_false(value_fits_header("a\rb", 3));
    assert_false(value_fits_header("\x7f", 1));
    assert_false(value_fits_header("\0", 1));
}
