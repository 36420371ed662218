#include "contract/verify/model/phrase.h"

#include "contract/verify/excerpt.h"
#include "test.h"

#include <jansson.h>
#include <stdbool.h>

#include <stdlib.h>
#include <string.h>

enum { PHRASES = 2000, POINTS = 20 };

struct seen {
    bool astral, nul, quote, backslash, right_to_left, combining, noncharacter, white_end;
};

static void look_at(int32_t point, struct seen *seen)
{
    seen->astral |= point >= 0x10000;
    seen->nul |= point == 0;
    seen->quote |= point == '"';
    seen->backslash |= point == '\\';
    seen->right_to_left |= point >= 0x5d0 && point <= 0x5ea;
    seen->combining |= point >= 0x300 && point <= 0x36f;
    seen->noncharacter |= (point & 0xfffe) == 0xfffe;
}

TEST(a_phrase_has_its_length_and_is_utf_8)
{
    struct random random;
    struct seen seen = {0};
    struct text text = {0};

    random_init(&random, 1, 1);
    for (int i = 0; i < PHRASES; i++) {
        size_t points = 0;
        text_clear(&text);
        phrase_add(&text, &random, POINTS);
        for (size_t at = 0, taken = 0; at < text.length; at += taken) {
            int32_t point = excerpt_code_point(text.data + at, text.length - at, &taken);
            assert_true(point >= 0);
            look_at(point, &seen);
            points++;
        }
        assert_int_equal(points, POINTS);
        seen.white_end |= text.data[text.length - 1] == ' ';
    }
    assert_true(seen.astral && seen.nul && seen.quote && seen.backslash);
    assert_true(seen.right_to_left && seen.combining && seen.noncharacter && seen.white_end);
    text_release(&text);
}

TEST(a_quoted_phrase_is_json_for_the_phrase)
{
    struct random random;
    struct text text = {0};
    struct text quoted = {0};
    bool escaped = false;
    bool plain = false;

    random_init(&random, 1, 2);
    for (int i = 0; i < PHRASES; i++) {
        text_clear(&text);
        text_clear(&quoted);
        phrase_add(&text, &random, POINTS);
        phrase_quote(&quoted, &random, text.data, text.length);
        json_t *value = json_loadb(quoted.data, quoted.length, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
        assert_non_null(value);
        assert_int_equal(json_string_length(value), text.length);
        assert_memory_equal(json_string_value(value), text.data, text.length);
        json_decref(value);
        escaped |= strstr(quoted.data, "\\ud8") != NULL;
        plain |= strchr(quoted.data, '\xf0') != NULL;
    }
    assert_true(escaped && plain);
    text_release(&text);
    text_release(&quoted);
}
