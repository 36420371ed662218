#include "base/json.h"
#include "base/text.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const known[] = {"warmup", "measure", NULL};

static void refused(const char *text, const char *message)
{
    struct json_source source;
    struct error err = {0};

    assert_int_equal(json_source_parse(&source, "f.json", text, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.message, message);
}

TEST(text_that_is_not_json_is_refused_with_its_line)
{
    refused("", "f.json:1: expected a JSON object, found an empty file");
    refused("{\"a\":\n\n ]}", "f.json:3: not valid JSON: unexpected token near ']'");
    refused("{\"a\": 1,\n\"a\": 2}", "f.json:2: not valid JSON: duplicate object key near '\"a\"'");
    refused("{}\n{}", "f.json:2: not valid JSON: end of file expected near '{'");
    refused("\n5", "f.json:2: not valid JSON: '[' or '{' expected near '5'");
    refused("{\"a\": \"\xff\"}", "f.json:1: not valid JSON: unable to decode byte 0xff near '\"'");
    refused("{\"a\": \"\\u0000\"}", "f.json:1: the character \\u0000 cannot be used here");
    refused("\x1b[31m", "f.json:1: not valid JSON: '[' or '{' expected near '?'");
}

TEST(nesting_without_end_is_refused)
{
    struct json_source source;
    struct error err = {0};
    static char deep[100001];

    memset(deep, '[', sizeof deep - 1);
    assert_int_equal(json_source_parse(&source, "f.json", deep, &err), -1);
    assert_non_null(strstr(err.message, "maximum parsing depth reached"));
}

TEST(a_missing_file_is_refused_with_its_path)
{
    struct json_source source;
    struct error err = {0};

    assert_int_equal(json_source_read(&source, "/nowhere.json", &err), -1);
    assert_string_equal(err.message, "/nowhere.json: cannot be opened: No such file or directory");
}

/* jansson has one value for every `true`, and keys can need quotes. */
TEST(every_place_knows_its_line_and_path)
{
    const char *text =
        "\n{\"a\": {\"b\\\"]}\": [1,\n true, {\"c d\":\n true, \"e\": {}, \"f\": [ ],\n\"g\":\n true}]}}";
    struct json_source source;
    struct error err = {0};
    struct json_at at;

    assert_int_equal(json_source_parse(&source, "f.json", text, NULL), 0);
    struct json_at top = json_top(&source);
    json_find(&top, "a", &at);
    json_find(&at, "b\"]}", &at);
    struct json_at second = json_element(&at, 1);
    struct json_at third = json_element(&at, 2);
    struct json_at spaced;
    struct json_at last;
    json_find(&third, "c d", &spaced);
    json_find(&third, "g", &last);

    json_reject(&top, &err, "%s", "no");
    assert_string_equal(err.message, "f.json:2: no");
    err = (struct error){0};
    json_reject(&second, &err, "no");
    assert_string_equal(err.message, "f.json:3: a.\"b\\\"]}\"[1]: no");
    err = (struct error){0};
    json_reject(&spaced, &err, "no");
    assert_string_equal(err.message, "f.json:3: a.\"b\\\"]}\"[2].\"c d\": no");
    err = (struct error){0};
    json_expected(&last, &err, "a number");
    assert_string_equal(err.message, "f.json:5: a.\"b\\\"]}\"[2].g: expected a number, found true");
    json_source_release(&source);
}

static void found(const char *value, const char *message)
{
    struct json_source source;
    struct error err = {0};
    char text[200];

    snprintf(text, sizeof text, "[%s]", value);
    assert_int_equal(json_source_parse(&source, "f.json", text, NULL), 0);
    struct json_at top = json_top(&source);
    struct json_at at = json_element(&top, 0);
    json_expected(&at, &err, "x");
    assert_string_equal(strstr(err.message, "found ") + 6, message);
    json_source_release(&source);
}

TEST(what_stands_there_is_described)
{
    found("\"a\\u001b\\\"é\"", "the string \"a\\u001B\\\"é\"");
    found("-12", "-12");
    found("0.1", "0.1");
    found("null", "null");
    found("[]", "an empty array");
    found("[1]", "an array of 1 element");
    found("[1,2]", "an array of 2 elements");
    found("{}", "an empty object");
    found("{\"a\":1}", "an object");
    found("\"012345678901234567890123456789012345678901234567890123456é9\"",
          "the string \"012345678901234567890123456789012345678901234567890123456é9\"");
    found("\"01234567890123456789012345678901234567890123456789012345678éééé\"",
          "the string \"01234567890123456789012345678901234567890123456789012345678\"...");
}

static void unknown(const char *text, const char *message)
{
    struct json_source source;
    struct error err = {0};

    assert_int_equal(json_source_parse(&source, "f.json", text, NULL), 0);
    struct json_at top = json_top(&source);
    struct json_at step;
    json_find(&top, "step", &step);
    assert_int_equal(json_check_object(&step, known, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.message, message);
    json_source_release(&source);
}

TEST(an_unknown_key_is_refused_with_the_nearest_known_one)
{
    unknown("{\"step\": {\n\"warmup\": 1,\n\"warmp\":\n1}}",
            "f.json:3: step.warmp: unknown key; the nearest known key is \"warmup\"");
    unknown("{\"step\": {\"colour\": 1}}", "f.json:1: step.colour: unknown key; the known keys are warmup, measure");
    unknown("{\"step\": 5}", "f.json:1: step: expected an object, found 5");
}

TEST(a_missing_member_is_refused_only_where_it_is_needed)
{
    struct json_source source;
    struct error err = {0};
    struct json_at step;
    struct json_at member;

    assert_int_equal(json_source_parse(&source, "f.json", "{\n\"step\": {\n}}", NULL), 0);
    struct json_at top = json_top(&source);
    json_find(&top, "step", &step);
    assert_int_equal(json_find(&step, "warmup", &member), 0);
    assert_null(member.value);
    struct json_at untouched = member;
    assert_int_equal(json_need(&step, "measure", "\"5s\"", &member, &err), -1);
    assert_string_equal(err.message, "f.json:2: step: the key \"measure\" is missing, such as \"measure\": \"5s\"");
    assert_memory_equal(&untouched, &member, sizeof member);
    err = (struct error){0};
    json_expected(&member, &err, "a time");
    assert_string_equal(err.message, "f.json:2: step.warmup: expected a time, found nothing");
    json_source_release(&source);
}

TEST(a_path_longer_than_its_room_is_cut)
{
    struct json_source source;
    struct text text = {0};

    for (int i = 0; i < 1000; i++) {
        text_add(&text, "[");
    }
    text_add(&text, "\ntrue");
    for (int i = 0; i < 1000; i++) {
        text_add(&text, "]");
    }
    assert_int_equal(json_source_parse(&source, "f.json", text.data, NULL), 0);
    text_release(&text);
    struct json_at at = json_top(&source);
    while (json_is_array(at.value)) {
        at = json_element(&at, 0);
    }
    struct error err = {0};
    json_reject(&at, &err, "no");
    assert_memory_equal(err.message, "f.json:2: [0][0]", 16);
    assert_int_equal(strlen(at.path), sizeof at.path - 1);
    json_source_release(&source);
}

TEST(arrays_are_held_to_their_length)
{
    struct json_source source;
    struct error err = {0};

    assert_int_equal(json_source_parse(&source, "f.json", "[1, 2, 3]", NULL), 0);
    struct json_at at = json_top(&source);
    assert_int_equal(json_check_array(&at, 0, 3, &err), 0);
    assert_int_equal(json_check_array(&at, 3, 3, &err), 0);
    assert_int_equal(json_count(&at), 3);
    assert_int_equal(json_check_array(&at, 4, 9, &err), -1);
    assert_string_equal(err.message, "f.json:1: expected an array of 4 to 9 elements, found an array of 3 elements");
    err = (struct error){0};
    assert_int_equal(json_check_array(&at, 2, 2, &err), -1);
    assert_string_equal(err.message, "f.json:1: expected an array of 2 elements, found an array of 3 elements");
    json_source_release(&source);
}

struct member {
    struct json_source source;
    struct json_at at;
    struct error err;
};

static struct json_at *member_of(struct member *member, const char *value)
{
    char text[200];

    *member = (struct member){0};
    snprintf(text, sizeof text, "[%s]", value);
    assert_int_equal(json_source_parse(&member->source, "f.json", text, NULL), 0);
    struct json_at top = json_top(&member->source);
    member->at = json_element(&top, 0);
    return &member->at;
}

TEST(integers_are_strict_and_held_to_their_range)
{
    const char *const bad[] = {"\"5\"", "5.0", "5e0", "true", "null", "[5]", "0", "25", "-5", NULL};
    struct member member;
    int64_t value = 42;

    for (size_t i = 0; bad[i] != NULL; i++) {
        assert_int_equal(json_read_integer(member_of(&member, bad[i]), 1, 24, &value, &member.err), -1);
        assert_memory_equal(member.err.message, "f.json:1: [0]: expected an integer from 1 to 24, found ", 55);
        assert_int_equal(value, 42);
        json_source_release(&member.source);
    }
    assert_int_equal(json_read_integer(member_of(&member, "24"), 1, 24, &value, NULL), 0);
    assert_int_equal(value, 24);
    json_source_release(&member.source);
}

TEST(texts_are_not_empty_and_lines_have_no_control_characters)
{
    struct member member;
    const char *text = "untouched";

    assert_int_equal(json_read_text(member_of(&member, "\"\""), &text, &member.err), -1);
    assert_string_equal(member.err.message,
                        "f.json:1: [0]: expected a string that is not empty, found the string \"\"");
    json_source_release(&member.source);
    assert_int_equal(json_read_line(member_of(&member, "\"a\\nb\""), &text, &member.err), -1);
    assert_string_equal(text, "untouched");
    json_source_release(&member.source);
    assert_int_equal(json_read_text(member_of(&member, "\"a\\nb\""), &text, NULL), 0);
    assert_string_equal(text, "a\nb");
    json_source_release(&member.source);
    assert_int_equal(json_read_line(member_of(&member, "\"é b\""), &text, NULL), 0);
    assert_string_equal(text, "é b");
    json_source_release(&member.source);
    assert_int_equal(json_read_line(member_of(&member, "7"), &text, NULL), -1);
    json_source_release(&member.source);
}

TEST(a_choice_names_all_that_can_be_chosen)
{
    const char *const choices[] = {"a", "b", "c", NULL};
    struct member member;
    int index = 42;

    assert_int_equal(json_read_choice(member_of(&member, "\"c\""), choices, &index, NULL), 0);
    assert_int_equal(index, 2);
    json_source_release(&member.source);
    assert_int_equal(json_read_choice(member_of(&member, "\"d\""), choices, &index, &member.err), -1);
    assert_string_equal(member.err.message, "f.json:1: [0]: expected \"a\", \"b\" or \"c\", found the string \"d\"");
    assert_int_equal(index, 2);
    json_source_release(&member.source);
}

TEST(values_with_units_are_above_zero)
{
    struct member member;
    uint64_t number = 42;
    double share = 42;

    const char *const bad[] = {"\"0ms\"", "\"0%\"", "\"0B\"", "\"5\"", "5", "\"101%\"", "\"-1%\"", NULL};
    for (size_t i = 0; bad[i] != NULL; i++) {
        assert_int_equal(json_read_duration(member_of(&member, bad[i]), &number, NULL), -1);
        assert_int_equal(json_read_size(&member.at, &number, NULL), -1);
        assert_int_equal(json_read_share(&member.at, &share, NULL), -1);
        json_source_release(&member.source);
    }
    assert_int_equal(number, 42);
    assert_true(share == 42);
    assert_int_equal(json_read_duration(member_of(&member, "\"50ms\""), &number, NULL), 0);
    assert_int_equal(number, 50000000);
    json_source_release(&member.source);
    assert_int_equal(json_read_size(member_of(&member, "\"1KiB\""), &number, NULL), 0);
    assert_int_equal(number, 1024);
    json_source_release(&member.source);
    assert_int_equal(json_read_share(member_of(&member, "\"100%\""), &share, NULL), 0);
    assert_true(share == 1);
    json_source_release(&member.source);
}
