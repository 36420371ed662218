#include "report/text/paragraph.h"

#include "test.h"

#include <string.h>

static void check(const char *lead, const char *text, size_t width, const char *wanted)
{
    struct text out = {0};
    text_add(&out, "");
    paragraph_write(&out, lead, text, width);
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

TEST(lines_end_at_spaces_and_fill_the_width)
{
    check("", "one two three four", 9, "one two\nthree\nfour\n");
    check("", "one two three four", 7, "one two\nthree\nfour\n");
    check("", "short", 9, "short\n");
    check("", "  many   spaces  ", 30, "many   spaces\n");
    check("", "two  spaces", 5, "two\nspace\ns\n");
}

TEST(the_lead_indents_the_lines_that_follow)
{
    check("- ", "one two three", 9, "- one two\n  three\n");
}

TEST(a_figure_stays_with_its_unit)
{
    check("", "it took 310 ms", 12, "it took\n310 ms\n");
    check("", "it took 97 %", 11, "it took\n97 %\n");
    check("", "16 a", 3, "16\na\n"); /* unless there is no other place */
}

TEST(a_word_wider_than_the_line_is_cut)
{
    check("", "abcdefghij k", 4, "abcd\nefgh\nij k\n");
}

TEST(width_is_counted_in_columns_not_in_bytes)
{
    check("", "日本語 日本語", 6, "日本語\n日本語\n");
    check("", "日本語", 5, "日本\n語\n");
    check("", "naïve naïve", 11, "naïve naïve\n");
}

TEST(no_text_is_no_line)
{
    check("- ", "", 10, "");
    check("- ", "   ", 10, "");
    check("- ", NULL, 10, "");
}

TEST(a_line_break_in_the_text_ends_a_line)
{
    const char *rest = "last good\n p50";
    struct line line;

    assert_true(paragraph_line(&rest, 20, &line));
    assert_int_equal(line.length, 9);
    assert_true(paragraph_line(&rest, 20, &line));
    assert_memory_equal(line.start, "p50", 3);
    assert_int_equal(line.columns, 3);
    assert_false(paragraph_line(&rest, 20, &line));
}
