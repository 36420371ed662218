#include "record/wrong_response.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

/* The bytes go in as a block of their exact length, so that the sanitizer sees a read beyond it. */
static void check_excerpt(const char *data, size_t length, const char *expected)
{
    char *block = malloc(length > 0 ? length : 1);
    assert_non_null(block);
    memcpy(block, data, length);
    char *kept = wrong_response_excerpt(block, length);
    assert_string_equal(kept, expected);
    free(kept);
    free(block);
}

TEST(a_short_body_is_kept_as_it_is)
{
    check_excerpt("{\"id\":\n7}", 9, "{\"id\":\n7}");
    check_excerpt("d\u00e9j\u00e0", 6, "d\u00e9j\u00e0");
    check_excerpt("", 0, "");
    char *none = wrong_response_excerpt(NULL, 0);
    assert_string_equal(none, "");
    free(none);
}

TEST(a_secret_is_cut_out_also_where_the_rest_of_it_is_beyond_the_end)
{
    char body[400], expected[WRONG_RESPONSE_BYTES + 1];
    const char url[] = "postgresql://u:secret-of-some-length@host/";

    check_excerpt("{\"error\": \"postgresql://u:pw@host/\"}", 36, "{\"error\": \"postgresql://u:(cut)@host/\"}");
    memset(body, 'x', sizeof body);
    memcpy(body + WRONG_RESPONSE_BYTES - 22, url, sizeof url - 1);
    memset(expected, 'x', sizeof expected);
    memcpy(expected + WRONG_RESPONSE_BYTES - 22, "postgresql://u:(cut)@h", 23);
    check_excerpt(body, sizeof body, expected);
}

TEST(what_is_no_text_is_replaced)
{
    check_excerpt("a\0b\xff\0", 5, "a\uFFFDb\uFFFD\uFFFD");
}

TEST(a_long_body_is_cut_between_characters)
{
    char body[300], expected[WRONG_RESPONSE_BYTES + 1];

    for (size_t at = WRONG_RESPONSE_BYTES - 3; at <= WRONG_RESPONSE_BYTES; at++) {
        memset(body, 'x', sizeof body);
        const char four[] = {'\xF0', '\x9F', '\x98', '\x80'}; /* a character of four bytes around the cut */
        memcpy(body + at, four, sizeof four);
        memset(expected, 'x', sizeof expected);
        expected[at] = '\0';
        check_excerpt(body, sizeof body, expected);
    }
    memset(body, 0x80, sizeof body); /* not UTF-8 at all: cut anywhere */
    char *kept = wrong_response_excerpt(body, sizeof body);
    assert_int_equal(strlen(kept), WRONG_RESPONSE_BYTES * strlen("\uFFFD"));
    free(kept);
}

TEST(a_copy_has_strings_of_its_own)
{
    const struct wrong_response wrong = {
        .request = "read", .status = 200, .member = "id", .expected_value = "7", .body = "{}", .body_bytes = 2};
    struct wrong_response *copy = wrong_response_copy(&wrong);

    assert_ptr_not_equal(copy->request, wrong.request);
    assert_string_equal(copy->expected_value, "7");
    assert_null(copy->came_value);
    assert_null(wrong_response_copy(NULL));
    wrong_response_free(copy);
    wrong_response_free(NULL);
}
