#include "report/text/paragraph.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void check(const char *lead, const char *text, size_t width, const char *wanted)
{
    struct text out = {0};
    text_add(&out, "");
    paragraph_write(&out, lead, text, width);
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

static void lines_end_at_spaces_and_fill_the_width(void **state)
{
    (void)state;
    check("", "one two three four", 9, "one two\nthree\nfour\n");
    check("", "one two three four", 7, "one two\nthree\nfour\n");
    check("", "short", 9, "short\n");
    check("", "  many   spaces  ", 30, "many   spaces\n");
    check("", "two  spaces", 5, "two\nspace\ns\n");
}

static void the_lead_indents_the_lines_that_follow(void **state)
{
    (void)state;
    check("- ", "one two three", 9, "- one two\n  three\n");
}

static void a_figure_stays_with_its_unit(void **state)
{
    (void)state;
    check("", "it took 310 ms", 12, "it took\n310 ms\n");
    check("", "it took 97 %", 11, "it took\n97 %\n");
    check("", "16 a", 3, "16\na\n"); /* unless there is no other place */
}

static void a_word_wider_than_the_line_is_cut(void **state)
{
    (void)state;
    check("", "abcdefghij k", 4, "abcd\nefgh\nij k\n");
}

static void width_is_counted_in_columns_not_in_bytes(void **state)
{
    (void)state;
    check("", "日本語 日本語", 6, "日本語\n日本語\n");
    check("", "日本語", 5, "日本\n語\n");
    check("", "naïve naïve", 11, "naïve naïve\n");
}

static void no_text_is_no_line(void **state)
{
    (void)state;
    check("- ", "", 10, "");
    check("- ", "   ", 10, "");
    check("- ", NULL, 10, "");
}

static void a_line_break_in_the_text_ends_a_line(void **state)
{
    const char *rest = "last good\n p50";
    struct line line;

    (void)state;
    assert_true(paragraph_line(&rest, 20, &line));
    assert_int_equal(line.length, 9);
    assert_true(paragraph_line(&rest, 20, &line));
    assert_memory_equal(line.start, "p50", 3);
    assert_int_equal(line.columns, 3);
    assert_false(paragraph_line(&rest, 20, &line));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_end_at_spaces_and_fill_the_width),
        cmocka_unit_test(the_lead_indents_the_lines_that_follow),
        cmocka_unit_test(a_figure_stays_with_its_unit),
        cmocka_unit_test(a_word_wider_than_the_line_is_cut),
        cmocka_unit_test(width_is_counted_in_columns_not_in_bytes),
        cmocka_unit_test(no_text_is_no_line),
        cmocka_unit_test(a_line_break_in_the_text_ends_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
