#include "plan/traffic/csv_table.h"

#include "plan/traffic/traffic.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER TESTS_FOLDER "/cases/scenario/valid/csv"

TEST(a_file_is_read_by_rfc_4180)
{
    static const char *const cells[3][3] = {{"ann", "31", "one, \"two\"\r\nthree"},
                                            {"bob", "-1.5e3", ""},
                                            {" c ", "0", "\xc3\xa9"}};
    struct csv_table table;

    assert_int_equal(csv_table_read(&table, FOLDER "/users.csv", NULL), 0);
    assert_int_equal(table.column_count, 3);
    assert_string_equal(table.columns[0], "user");
    assert_string_equal(table.columns[2], "a \"note\"");
    assert_int_equal(table.row_count, 3);
    for (size_t row = 0; row < 3; row++) {
        for (size_t column = 0; column < 3; column++) {
            assert_string_equal(csv_table_cell(&table, row, column), cells[row][column]);
        }
    }
    assert_int_equal(table.lines[0], 3);
    assert_int_equal(table.lines[1], 5);
    assert_int_equal(table.lines[2], 6);
    csv_table_release(&table);
}

/* What a file with these contents says: its cells with a bar behind each and a line for each row. */
static char *cells_of(const char *contents)
{
    char path[] = "/tmp/test_csv_table.XXXXXX";
    int fd = mkstemp(path);
    struct csv_table table;
    struct text out = {0};

    FILE *file = fdopen(fd, "w");
    fputs(contents, file);
    fclose(file);
    assert_int_equal(csv_table_read(&table, path, NULL), 0);
    remove(path);
    for (size_t row = 0; row < table.row_count; row++) {
        for (size_t column = 0; column < table.column_count; column++) {
            text_format(&out, "%s|", csv_table_cell(&table, row, column));
        }
        text_add(&out, "\n");
    }
    csv_table_release(&table);
    return text_take(&out);
}

static void reads(const char *contents, const char *wanted)
{
    char *cells = cells_of(contents);
    assert_string_equal(cells, wanted);
    free(cells);
}

TEST(line_ends_and_quotes_at_the_edges_are_read)
{
    reads("a\n1", "1|\n");
    reads("a\r\n1\r\n", "1|\n");
    reads("a\r\n1\r", "1|\n");
    reads("a,b\n,\n", "||\n");
    reads("a,b\n\"\",\"\"\"\"\n", "|\"|\n");
    reads("a\n\"\"", "|\n");
    reads("\n\r\na\n\n\n1\n\n2\n\n", "1|\n2|\n");
    reads("a,b\n1, 2 \n", "1| 2 |\n");
    reads("\"a\",\"b\"\r\n\"x,y\",\"p\nq\"\r\n", "x,y|p\nq|\n");
}

TEST(each_file_is_read_once_and_its_values_share_it)
{
    struct json_source source;
    struct traffic traffic;
    struct error err = {0};

    assert_int_equal(json_source_read(&source, FOLDER "/case.json", &err), 0);
    struct json_at top = json_top(&source);
    assert_int_equal(traffic_read(&traffic, &top, FOLDER, &err), 0);
    assert_int_equal(traffic.table_count, 1);
    assert_string_equal(traffic.tables[0].name, "users.csv");
    assert_int_equal(traffic.tables[0].order, CSV_SEQUENCE);
    assert_int_equal(traffic.value_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(traffic.values[i].type, VALUE_CSV);
        assert_int_equal(traffic.values[i].table, 0);
        assert_int_equal(traffic.values[i].column, i);
        assert_int_equal(traffic.values[i].number, i == 1);
    }
    traffic_release(&traffic);
    assert_int_equal(traffic_read(&traffic, &top, NULL, &err), 0); /* as out of a run log, far from the file */
    assert_int_equal(traffic.tables[0].row_count, 0);
    traffic_release(&traffic);
    json_source_release(&source);
}
