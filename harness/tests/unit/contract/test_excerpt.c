#include "contract/verify/excerpt.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static void shows(const char *data, size_t length, size_t most, const char *wanted)
{
    struct text out = {0};

    text_add(&out, "> ");
    excerpt_add(&out, data, length, most);
    assert_string_equal(out.data + 2, wanted);
    text_release(&out);
}

TEST(printable_text_stays_as_it_is)
{
    shows("{\"a\": \"b\\c\"} ~", 14, 99, "{\"a\": \"b\\c\"} ~");
    shows("", 0, 99, "");
}

TEST(other_characters_are_named)
{
    shows("a\0\n\r\t\x1b\x7f", 7, 99, "a\\u{0}\\n\\r\\t\\u{1b}\\u{7f}");
    shows("\xc3\xa9\xe2\x80\xae\xf0\x9f\x98\x80", 9, 99, "\\u{e9}\\u{202e}\\u{1f600}");
    shows("\xef\xbf\xbf\xf4\x8f\xbf\xbf", 7, 99, "\\u{ffff}\\u{10ffff}");
}

TEST(bytes_that_are_no_utf_8_are_shown_as_bytes)
{
    shows("\xff\x80", 2, 99, "\\xff\\x80");
    shows("\xc3", 1, 99, "\\xc3");
    shows("\xc3(", 2, 99, "\\xc3(");
    shows("\xe2\x82", 2, 99, "\\xe2\\x82");
    shows("\xc0\x80", 2, 99, "\\xc0\\x80");
    shows("\xed\xa0\x80", 3, 99, "\\xed\\xa0\\x80");
    shows("\xf4\x90\x80\x80", 4, 99, "\\xf4\\x90\\x80\\x80");
    shows("\xf8\x88\x80\x80\x80", 5, 99, "\\xf8\\x88\\x80\\x80\\x80");
}

TEST(what_is_too_long_is_cut_with_its_length)
{
    shows("abcdef", 6, 3, "abc... (6 bytes in all)");
    shows("abc", 3, 3, "abc");
}
