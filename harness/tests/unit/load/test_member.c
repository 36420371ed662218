#include "load/member.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/text.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* The text goes in as a block of its exact length, so that the sanitizer sees a read beyond it. */
static bool has(const char *json, size_t length, const char *name, const char *expected)
{
    char *block = malloc(length > 0 ? length : 1);
    assert_non_null(block);
    memcpy(block, json, length);
    bool equal = member_equals(block, length, name, expected, strlen(expected));
    free(block);
    return equal;
}

static const struct {
    const char *json, *name, *expected;
    bool equal;
} cases[] = {
    /* where it stands */
    {"{\"id\":7}", "id", "7", true},
    {"{\"id\":7,\"name\":\"x\"}", "id", "7", true},
    {"{\"name\":\"x\",\"id\":7}", "id", "7", true},
    {" \t\r\n{ \"name\" : \"x\" ,\n\"id\"\t:\r7 } ", "id", "7", true},
    {"{\"id\":8}", "id", "7", false},
    {"{\"id\":77}", "id", "7", false},
    {"{\"id\":7}", "id", "77", false},
    {"{\"di\":7}", "id", "7", false},
    {"{\"i\":7}", "id", "7", false},
    {"{\"idd\":7}", "id", "7", false},
    {"{\"ID\":7}", "id", "7", false},
    {"{}", "id", "7", false},
    {"{\"\":7}", "", "7", true},
    /* nesting: only the top counts */
    {"{\"a\":{\"id\":7}}", "id", "7", false},
    {"{\"a\":{\"id\":1},\"id\":7}", "id", "7", true},
    {"{\"a\":[{\"id\":1},[[]],{}],\"id\":7}", "id", "7", true},
    {"{\"a\":{\"b\":\"}]\"},\"id\":7}", "id", "7", true},
    {"{\"a\":[\"\\\"]}\\\\\"],\"id\":7}", "id", "7", true},
    {"{\"a\":\"\\\"id\\\":7\",\"id\":8}", "id", "7", false},
    {"{\"id\":{\"b\":1,\"a\":2}}", "id", "{\"a\":2,\"b\":1}", true},
    {"{\"id\":[1, 2]}", "id", "[1,2]", true},
    {"{\"id\":[1,2,3]}", "id", "[1,2]", false},
    /* other values on the way */
    {"{\"a\":null,\"b\":true,\"c\":false,\"d\":-1.5e+7,\"id\":7}", "id", "7", true},
    {"{\"id\":null}", "id", "null", true},
    {"{\"id\":true}", "id", "false", false},
    /* the first of two counts */
    {"{\"id\":7,\"id\":8}", "id", "7", true},
    {"{\"id\":8,\"id\":7}", "id", "7", false},
    /* texts and numbers: equal bytes, or equal values */
    {"{\"id\":\"7\"}", "id", "7", false},
    {"{\"id\":\"7\"}", "id", "\"7\"", true},
    {"{\"id\":7.0}", "id", "7", true}, /* one number in two forms */
    {"{\"id\":0.7e1}", "id", "7", true},
    {"{\"id\":7.5}", "id", "7", false},
    {"{\"id\":1e2}", "id", "100.0", true},
    {"{\"id\":1.50}", "id", "1.5", true},
    {"{\"id\":07}", "id", "7", false},
    {"{\"id\":\"\\u00e9\"}", "id", "\"\xc3\xa9\"", true},
    {"{\"id\":\"\\ud83d\\ude00\"}", "id", "\"\xf0\x9f\x98\x80\"", true},
    {"{\"id\":\"a\\/b\"}", "id", "\"a/b\"", true},
    {"{\"id\":\"a\\nb\"}", "id", "\"a\\u000ab\"", true},
    {"{\"id\":\"a\\\\b\"}", "id", "\"a\\\\b\"", true},
    {"{\"id\":\"\xff\"}", "id", "\"x\"", false},
    {"{\"id\":\"\\u0000\"}", "id", "\"\\u0000\"", true},
    /* escapes in names */
    {"{\"\\u0069d\":7}", "id", "7", true},
    {"{\"caf\\u00e9\":7}", "caf\xc3\xa9", "7", true},
    {"{\"caf\xc3\xa9\":7}", "caf\xc3\xa9", "7", true},
    {"{\"a\\\"b\":7}", "a\"b", "7", true},
    {"{\"a\\\"b\":1,\"id\":7}", "id", "7", true},
    {"{\"\\u006\":7}", "id", "7", false},
    {"{\"i\\u0000d\":7}", "i", "7", false},
    /* not an object, or cut short */
    {"", "id", "7", false},
    {"   ", "id", "7", false},
    {"[{\"id\":7}]", "id", "7", false},
    {"7", "id", "7", false},
    {"\"id\"", "id", "7", false},
    {"null", "id", "null", false},
    {"{", "id", "7", false},
    {"{\"", "id", "7", false},
    {"{\"id", "id", "7", false},
    {"{\"id\"", "id", "7", false},
    {"{\"id\":", "id", "7", false},
    {"{\"id\": ", "id", "7", false},
    {"{\"id\":\"7", "id", "\"7\"", false},
    {"{\"id\":\"7\\", "id", "\"7\"", false},
    {"{\"id\":[7", "id", "[7]", false},
    {"{\"a\":[}", "id", "7", false},
    {"{\"a\":1 \"id\":7}", "id", "7", false},
    {"{\"a\" 1,\"id\":7}", "id", "7", false},
    {"{a:1,\"id\":7}", "id", "7", false},
    {"{,\"id\":7}", "id", "7", false},
    {"{\"id\":}", "id", "", false},
    {"{\"id\":,\"id\":7}", "id", "7", false},
};

TEST(the_member_at_the_top_is_found_and_compared)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        if (has(cases[i].json, strlen(cases[i].json), cases[i].name, cases[i].expected) != cases[i].equal) {
            fail_msg("%s: \"%s\" %s %s", cases[i].json, cases[i].name, cases[i].equal ? "is" : "is not",
                     cases[i].expected);
        }
    }
}

/* What stands behind the value is not read; a text cut before its end has no such member. */
TEST(a_text_is_read_as_far_as_it_has_to_be)
{
    static const char json[] = "{\"a\":[1,{\"id\":3}],\"id\":\"x\\\"y\",\"b\":{}}";
    size_t whole = (size_t)(strstr(json, ",\"b\"") - json);

    for (size_t length = 0; length <= strlen(json); length++) {
        assert_int_equal(has(json, length, "id", "\"x\\\"y\""), length >= whole);
    }
}

TEST(deep_nesting_needs_no_stack)
{
    enum { DEPTH = 500000 };
    struct text deep = {0};

    text_add(&deep, "{\"a\":");
    for (int i = 0; i < DEPTH; i++) {
        text_add(&deep, "[");
    }
    assert_false(has(deep.data, deep.length, "id", "7"));
    for (int i = 0; i < DEPTH; i++) {
        text_add(&deep, "]");
    }
    text_add(&deep, ",\"id\":7}");
    assert_true(has(deep.data, deep.length, "id", "7"));
    assert_false(has(deep.data, deep.length, "a", "7")); /* deeper than the parser goes: not equal, no crash */
    text_release(&deep);
}

TEST(any_bytes_are_survived)
{
    static const char alphabet[] = "{{{}}[]\"\"\"\\\\:::,,,  \n0123456789.eEid-+utrfalsn\0\x80\xff";
    struct random random;
    unsigned found = 0;

    random_init(&random, 1, 1);
    for (int round = 0; round < 60000; round++) {
        char json[48] = "{\"id\":";
        size_t start = random_below(&random, 7), length = start + random_below(&random, sizeof json - start + 1);
        for (size_t i = start; i < length; i++) {
            json[i] = alphabet[random_below(&random, sizeof alphabet - 1)];
        }
        found += has(json, length, "id", "7");
    }
    assert_true(found > 0);
}
