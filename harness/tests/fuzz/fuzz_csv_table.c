/* CSV files: what is taken has as many cells in each row as columns, all of them UTF-8; what is refused names a line
 * that the file has. What is written by RFC 4180 comes back as it was. The input is the file. */
#include "base/file.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "plan/traffic/csv_table.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file of two columns of which one cell is the bytes. */
static void there_and_back(const uint8_t *data, size_t size)
{
    struct text file = {0};
    struct csv_table table;

    text_add(&file, "a,b\r\n1,\"");
    for (size_t i = 0; i < size; i++) {
        text_append(&file, data + i, 1);
        text_append(&file, "\"", data[i] == '"');
    }
    text_add(&file, "\"\r\n");
    char *path = fuzz_file("quoted.csv", file.data, file.length);
    if (json_can_hold((const char *)data, size)) {
        FUZZ_HOLDS(csv_table_read(&table, path, NULL) == 0);
        FUZZ_HOLDS(table.row_count == 1 && table.column_count == 2);
        const char *cell = csv_table_cell(&table, 0, 1);
        FUZZ_HOLDS(strlen(cell) == size && memcmp(cell, data, size) == 0);
        csv_table_release(&table);
    }
    free(path);
    text_release(&file);
}

static void check(const struct csv_table *table, size_t line_count)
{
    FUZZ_HOLDS(table->column_count > 0 && table->row_count > 0);
    for (size_t row = 0; row < table->row_count; row++) {
        FUZZ_HOLDS(table->lines[row] > (row > 0 ? table->lines[row - 1] : 1) && table->lines[row] <= line_count);
        for (size_t column = 0; column < table->column_count; column++) {
            const char *cell = csv_table_cell(table, row, column);
            FUZZ_HOLDS(json_can_hold(cell, strlen(cell)));
        }
    }
    for (size_t column = 0; column < table->column_count; column++) {
        FUZZ_HOLDS(table->columns[column][0] != '\0');
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *path = fuzz_file("any.csv", data, size);
    struct csv_table table;
    struct error err = {0};
    size_t line_count = 1;

    for (size_t i = 0; i < size; i++) {
        line_count += data[i] == '\n';
    }
    if (fuzz_taken(csv_table_read(&table, path, &err), &err)) {
        check(&table, line_count);
        csv_table_release(&table);
    } else if (!utf8_is_other((const char *)data, size)) { /* UTF-16 has no lines to name */
        const char *at = strstr(err.message, "any.csv:");
        FUZZ_HOLDS(at != NULL);
        unsigned long line = strtoul(at + strlen("any.csv:"), NULL, 10);
        FUZZ_HOLDS(line >= 1 && line <= line_count);
    }
    free(path);
    there_and_back(data, size);
    return 0;
}
