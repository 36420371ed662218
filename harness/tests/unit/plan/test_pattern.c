#include "plan/traffic/pattern.h"

#include "pattern_show.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct value known[] = {
    {.name = "id", .type = VALUE_UNIFORM},
    {.name = "word", .type = VALUE_WORDS},
    {.name = "line", .type = VALUE_LINES},
    {.name = "size", .type = VALUE_LEVEL},
};
static const struct value_set values = {known, 4};

enum reader { TEXT_RAW, TEXT_PATH, JSON };

/* What reading `json` (JSON source) gives: the pattern shown, or the complaint without its place. */
static char *read_as(enum reader reader, const char *json)
{
    struct json_source source;
    struct pattern pattern;
    struct error err = {0};
    char *text = NULL;

    assert_int_not_equal(asprintf(&text, "[%s]", json), -1);
    if (json_source_parse(&source, "f", text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    free(text);
    struct json_at top = json_top(&source);
    struct json_at at = json_element(&top, 0);
    enum encoding encoding = reader == TEXT_PATH ? ENCODING_PATH : ENCODING_RAW;
    int result = reader == JSON ? pattern_read_json(&pattern, &at, &values, &err)
                                : pattern_read_text(&pattern, &at, &values, encoding, &err);
    char *shown;
    if (result == 0) {
        shown = pattern_show(&pattern);
        pattern_release(&pattern);
    } else {
        assert_int_equal(err.kind, ERROR_INPUT);
        shown = strdup(strstr(err.message, "[0]"));
    }
    json_source_release(&source);
    return shown;
}

static void gives(enum reader reader, const char *json, const char *wanted)
{
    char *shown = read_as(reader, json);
    assert_string_equal(shown, wanted);
    free(shown);
}

TEST(a_text_is_split_at_its_places)
{
    gives(TEXT_PATH, "\"/items/{id}/x/{word}\"", "/items/<0:path>/x/<1:path>");
    gives(TEXT_RAW, "\"{id}{id}\"", "<0><0>");
    gives(TEXT_RAW, "\"a={line}\\n\"", "a=<2>\n");
    gives(TEXT_RAW, "\"plain\"", "plain");
}

TEST(doubled_braces_are_braces)
{
    gives(TEXT_RAW, "\"{{id}}\"", "{id}");
    gives(TEXT_RAW, "\"{{{id}}}\"", "{<0>}");
    gives(TEXT_RAW, "\"{{}}{{\"", "{}{");
    gives(JSON, "\"{{id}}\"", "\"{id}\"");
    gives(JSON, "{\"{{\": \"}}\"}", "{\"{\":\"}\"}");
}

TEST(a_single_brace_that_is_no_place_is_refused)
{
    const char *open = "[0]: \"{\" opens a place, such as {id}; for the brace itself write \"{{\"";
    const char *close = "[0]: \"}\" closes no place; for the brace itself write \"}}\"";

    gives(TEXT_RAW, "\"{\"", open);
    gives(TEXT_RAW, "\"{id\"", open);
    gives(TEXT_RAW, "\"{}\"", open);
    gives(TEXT_RAW, "\"{{{\"", open);
    gives(TEXT_RAW, "\"}\"", close);
    gives(TEXT_RAW, "\"{id}}\"", close);
    gives(JSON, "\"{}\"", open);
    gives(JSON, "\"{\"", open);
}

TEST(a_place_for_an_unknown_value_is_refused_where_it_stands)
{
    gives(TEXT_RAW, "\"{wrod}\"", "[0]: no value is called \"wrod\"; the nearest is \"word\"");
    gives(JSON, "\"{ id }\"", "[0]: no value is called \" id \"; the nearest is \"id\"");
    gives(JSON, "{\"a\": [1, \"x {colour}\"]}", "[0].a[1]: no value is called \"colour\"; declare it in \"values\"");
    gives(JSON, "{\"{colour}\": 1}", "[0].\"{colour}\": no value is called \"colour\"; declare it in \"values\"");
}

TEST(a_number_alone_in_a_json_string_loses_the_quotes)
{
    gives(JSON, "\"{id}\"", "<0>");
    gives(JSON, "{\"a\": \"{size}\"}", "{\"a\":<3>}");
    gives(JSON, "\"{id} \"", "\"<0:json> \"");
    gives(JSON, "\"{id}{id}\"", "\"<0:json><0:json>\"");
}

TEST(words_and_lines_stay_json_strings)
{
    gives(JSON, "\"{word}\"", "\"<1:json>\"");
    gives(JSON, "[\"{line}\", \"a {line}\"]", "[\"<2:json>\",\"a <2:json>\"]");
}

TEST(json_is_written_compact_and_unchanged)
{
    gives(JSON, "{ \"a\" : [ 1 , -2.5, 1.1, 1e300, true, false, null, {}, [], \"\" ] }",
          "{\"a\":[1,-2.5,1.1,1e300,true,false,null,{},[],\"\"]}");
    gives(JSON, "9223372036854775807", "9223372036854775807");
    gives(JSON, "0.30000000000000004", "0.30000000000000004");
    gives(JSON, "1.0", "1.0");
    gives(JSON, "\"q\\\" b\\\\ n\\n u\\u0001 é / {id}\"", "\"q\\\" b\\\\ n\\n u\\u0001 é / <0:json>\"");
    gives(JSON, "{\"k\\\"\\n\": 1, \"{id}\": 2}", "{\"k\\\"\\n\":1,\"<0:json>\":2}");
}

TEST(json_may_nest_sixty_four_levels_and_no_more)
{
    const char *const brackets[][2] = {{"[", "]"}, {"{\"a\":", "}"}};

    for (size_t kind = 0; kind < 2; kind++) {
        struct text fits = {0};
        struct text deeper = {0};
        for (int i = 0; i < 63; i++) {
            text_add(&fits, brackets[kind][0]);
        }
        text_add(&fits, "[]");
        for (int i = 0; i < 63; i++) {
            text_add(&fits, brackets[kind][1]);
        }
        text_format(&deeper, "[%s]", fits.data);
        gives(JSON, fits.data, fits.data);
        char *said = read_as(JSON, deeper.data);
        assert_non_null(strstr(said, ": expected at most 64 levels of arrays and objects"));
        free(said);
        text_release(&fits);
        text_release(&deeper);
    }
}

TEST(a_literal_takes_braces_as_they_are)
{
    struct pattern pattern;

    pattern_init_literal(&pattern, "/{id}}");
    assert_int_equal(pattern.count, 1);
    assert_string_equal(pattern.pieces[0].literal, "/{id}}");
    assert_int_equal(pattern.pieces[0].length, 6);
    assert_false(pattern_uses(&pattern, 0));
    pattern_release(&pattern);
    assert_int_equal(pattern.count, 0);
}
