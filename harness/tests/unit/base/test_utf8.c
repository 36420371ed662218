#include "base/utf8.h"

#include "test.h"

#include <string.h>

#define REPLACED "\xEF\xBF\xBD"

TEST(columns_are_counted_as_a_terminal_shows_them)
{
    assert_int_equal(utf8_columns(""), 0);
    assert_int_equal(utf8_columns("plain"), 5);
    assert_int_equal(utf8_columns("naïve"), 5);
    assert_int_equal(utf8_columns("nai\xCC\x88ve"), 5); /* i and a combining diaeresis */
    assert_int_equal(utf8_columns("日本語"), 6);
    assert_int_equal(utf8_columns("\xF0\x9F\x9A\x80"), 2); /* a rocket */
    assert_int_equal(utf8_columns("ｆｕｌｌ"), 8);
    assert_int_equal(utf8_columns("한글"), 4);
}

static void check_point(const char *string, uint32_t wanted, size_t length)
{
    uint32_t point;
    const char *next = utf8_next(string, &point);
    assert_int_equal(point, wanted);
    assert_int_equal(next - string, length);
}

TEST(what_fits_in_columns_ends_with_a_whole_character)
{
    assert_int_equal(utf8_fitting("abc", 3), 3);
    assert_int_equal(utf8_fitting("abc", 2), 2);
    assert_int_equal(utf8_fitting("\xc3\xa9\xc3\xa9", 1), 2);
    assert_int_equal(utf8_fitting("a\xe4\xb8\xad", 2), 1); /* two columns wide */
    assert_int_equal(utf8_fitting("", 5), 0);
}

TEST(every_length_of_sequence_is_read)
{
    check_point("A", 'A', 1);
    check_point("\xC3\xA9", 0xE9, 2);
    check_point("\xE2\x82\xAC", 0x20AC, 3);
    check_point("\xF4\x8F\xBF\xBF", 0x10FFFF, 4);
}

TEST(bytes_that_are_not_utf8_are_passed_over_one_by_one)
{
    check_point("\x80", 0xFFFD, 1);             /* a continuation alone */
    check_point("\xC3", 0xFFFD, 1);             /* cut off by the end */
    check_point("\xE2\x82", 0xFFFD, 1);         /* the same, later */
    check_point("\xE2\x82z", 0xFFFD, 1);        /* cut off by another character */
    check_point("\xC0\xAF", 0xFFFD, 1);         /* longer than needed */
    check_point("\xE0\x80\xAF", 0xFFFD, 1);     /* the same */
    check_point("\xF0\x80\x80\xAF", 0xFFFD, 1); /* the same */
    check_point("\xED\xA0\x80", 0xFFFD, 1);     /* a surrogate */
    check_point("\xF4\x90\x80\x80", 0xFFFD, 1); /* above the last code point */
    check_point("\xFF", 0xFFFD, 1);
}

static void check_plain(const char *string, const char *wanted)
{
    struct text out = {0};
    text_add(&out, "");
    utf8_plain(&out, string);
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

TEST(nothing_that_steers_a_terminal_stays_in_plain_text)
{
    check_plain("as it is: 日本語 naïve", "as it is: 日本語 naïve");
    check_plain("\x1b[31mred", REPLACED "[31mred");
    check_plain("two\nlines\r\nand\ta tab", "two lines  and a tab");
    check_plain("bell\x07", "bell" REPLACED);
    check_plain("delete\x7F", "delete" REPLACED);
    check_plain("\xC2\x9B"
                "31m",
                REPLACED "31m");                              /* CSI as one code point */
    check_plain("\xE2\x80\xAEturned", REPLACED "turned");     /* right-to-left override */
    check_plain("\xE2\x81\xA6isolated", REPLACED "isolated"); /* isolate */
    check_plain("line\xE2\x80\xA8separator", "line separator");
    check_plain("\xFF\xFE", REPLACED REPLACED);
    check_plain(NULL, "");
}

TEST(repairing_changes_only_what_is_not_utf8)
{
    struct text out = {0};

    utf8_repair(&out, "\x1b[0m\n日\xFFx");
    assert_string_equal(out.data, "\x1b[0m\n日" REPLACED "x");
    text_release(&out);
}
