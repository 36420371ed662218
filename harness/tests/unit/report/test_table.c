#include "report/text/table.h"

#include "test.h"

#include <string.h>

static void two_columns(struct table *table, const char *left, const char *right)
{
    table_init(table);
    table_column(table, left, ALIGN_LEFT);
    table_column(table, right, ALIGN_RIGHT);
}

static void check(struct table *table, size_t width, const char *wanted)
{
    struct text out = {0};
    text_add(&out, "");
    table_write(table, width, &out);
    assert_string_equal(out.data, wanted);
    text_release(&out);
    table_release(table);
}

TEST(numbers_stand_at_the_right_and_texts_at_the_left)
{
    struct table table;

    two_columns(&table, "service", "rate");
    table_cell(&table, "go");
    table_cell(&table, "%d/s", 16000);
    table_cell(&table, "python");
    table_cell(&table, "%d/s", 500);
    check(&table, 80,
          "service     rate\n"
          "-------  -------\n"
          "go       16000/s\n"
          "python     500/s\n");
}

TEST(columns_align_by_what_a_terminal_shows)
{
    struct table table;

    two_columns(&table, "name", "n");
    table_cell(&table, "naïve");
    table_cell(&table, "1");
    table_cell(&table, "日本語");
    table_cell(&table, "22");
    table_cell(&table, "abcdef");
    table_cell(&table, "3");
    check(&table, 80,
          "name     n\n"
          "------  --\n"
          "naïve    1\n"
          "日本語  22\n"
          "abcdef   3\n");
}

TEST(a_header_of_two_lines_stands_on_its_column)
{
    struct table table;

    two_columns(&table, "a", "last good\np50");
    table_cell(&table, "x");
    table_cell(&table, "1 ms");
    check(&table, 80,
          "   last good\n"
          "a        p50\n"
          "-  ---------\n"
          "x       1 ms\n");
}

TEST(texts_give_way_before_numbers_do)
{
    struct table table;

    two_columns(&table, "why", "rate");
    table_cell(&table, "a long reason that goes on");
    table_cell(&table, "128,000/s");
    check(&table, 28,
          "why                     rate\n"
          "-----------------  ---------\n"
          "a long reason      128,000/s\n"
          "that goes on\n");
}

TEST(headers_give_way_first_and_the_gap_before_numbers)
{
    struct table table;

    two_columns(&table, "name", "last good");
    table_cell(&table, "abcdefgh");
    table_cell(&table, "1.5 ms");
    check(&table, 16,
          "            last\n"
          "name        good\n"
          "--------  ------\n"
          "abcdefgh  1.5 ms\n");
    two_columns(&table, "name", "last good");
    table_cell(&table, "abcdefgh");
    table_cell(&table, "1.5 ms");
    check(&table, 15,
          "           last\n"
          "name       good\n"
          "-------- ------\n"
          "abcdefgh 1.5 ms\n");
}

TEST(without_headers_there_are_no_header_lines)
{
    struct table table;

    table_init(&table);
    table_column(&table, "", ALIGN_LEFT);
    table_column(&table, "", ALIGN_LEFT);
    table_cell(&table, "word");
    table_cell(&table, "a meaning");
    check(&table, 80, "word  a meaning\n");
}

TEST(a_row_that_is_not_full_ends_in_empty_cells)
{
    struct table table;

    two_columns(&table, "a", "b");
    table_cell(&table, "x");
    assert_int_equal(table_rows(&table), 1);
    assert_string_equal(table_at(&table, 0, 1), "");
    check(&table, 80,
          "a  b\n"
          "-  -\n"
          "x\n");
}

TEST(a_table_without_columns_is_nothing)
{
    struct table table;

    table_init(&table);
    assert_int_equal(table_rows(&table), 0);
    check(&table, 80, "");
}

TEST(cells_are_one_line_without_control_codes)
{
    struct table table;

    two_columns(&table, "a", "b");
    table_cell(&table, "two\nlines");
    table_cell(&table, "\x1b[1m");
    assert_string_equal(table_at(&table, 0, 0), "two lines");
    assert_null(strchr(table_at(&table, 0, 1), '\x1b'));
    assert_true(table_has(&table, "two lines"));
    assert_false(table_has(&table, "two"));
    table_release(&table);
}

TEST(a_text_that_becomes_a_cell_is_empty_afterwards)
{
    struct table table;
    struct text cell = {0};

    two_columns(&table, "a", "b");
    text_add(&cell, "first");
    table_take(&table, &cell);
    assert_int_equal(cell.length, 0);
    table_take(&table, &cell);
    assert_string_equal(table_at(&table, 0, 0), "first");
    assert_string_equal(table_at(&table, 0, 1), "");
    assert_int_equal(table.cell_count, 2);
    table_release(&table);
}
