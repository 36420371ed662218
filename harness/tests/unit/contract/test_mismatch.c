#include "contract/verify/mismatch.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static void tells(const char *expected, const char *came, const char *wanted)
{
    json_t *left = json_loads(expected, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    json_t *right = json_loads(came, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    struct text out = {0};

    assert_non_null(left);
    assert_non_null(right);
    assert_int_equal(mismatch_find(left, right, &out), wanted != NULL);
    if (wanted != NULL) {
        assert_string_equal(out.data, wanted);
    } else {
        assert_int_equal(out.length, 0);
    }
    text_release(&out);
    json_decref(left);
    json_decref(right);
}

TEST(equal_values_have_none)
{
    tells("{\"a\":[1,null,\"x\"],\"b\":{}}", "{\"b\":{},\"a\":[1,null,\"x\"]}", NULL);
    tells("\"\\u0000\"", "\"\\u0000\"", NULL);
}

TEST(the_place_is_named)
{
    tells("{\"items\":[{\"stock\":5},{\"stock\":6}]}", "{\"items\":[{\"stock\":5},{\"stock\":7}]}",
          "items[1].stock is 7, expected 6");
    tells("1", "2", "the body is 2, expected 1");
    tells("[1]", "{}", "the body is {}, expected [1]");
}

TEST(what_is_missing_or_too_many_is_named)
{
    tells("{\"a\":1}", "{}", "a is absent, expected 1");
    tells("{}", "{\"a\":null}", "a is null, expected absent");
    tells("[1,2]", "[1]", "[1] is absent, expected 2");
    tells("[1]", "[1,2]", "[1] is 2, expected absent");
}

static bool near(const char *expected, const char *came)
{
    json_t *left = json_loads(expected, JSON_DECODE_ANY, NULL), *right = json_loads(came, JSON_DECODE_ANY, NULL);
    struct text out = {0};
    bool found = mismatch_find_near(left, right, 1e-6, &out);

    text_release(&out);
    json_decref(left);
    json_decref(right);
    return !found;
}

TEST(reals_may_be_near_and_integers_not)
{
    assert_true(near("{\"a\":[0.5,3.0]}", "{\"a\":[0.5000009,3]}"));
    assert_false(near("{\"a\":[0.5]}", "{\"a\":[0.5000011]}"));
    assert_true(near("1000000.0", "1000000.9"));
    assert_false(near("1000000.0", "1000001.1"));
    assert_false(near("3", "3.0"));
    assert_false(near("0.5", "\"0.5\""));
    assert_false(near("[0.5]", "[0.5,0.5]"));
    assert_false(near("[0.5]", "[null]"));
}

TEST(numbers_and_strings_are_compared_exactly)
{
    tells("1", "1.0", "the body is 1.0, expected 1");
    tells("1", "\"1\"", "the body is \"1\", expected 1");
    tells("\"\\u00e9\"", "\"e\\u0301\"", "the body is \"e\\u0301\", expected \"\\u00E9\"");
    tells("\"a\\u0000b\"", "\"a\"", "the body is \"a\", expected \"a\\u0000b\"");
}
