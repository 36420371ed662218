#include "plan/traffic/csv_table.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* The file is cut into cells where it lies: a cell is never longer than what it was written as. */
struct scan {
    const char *path; /* for messages */
    char *at;
    uint32_t line;
    struct error *err;
};

static int refuse(const struct scan *scan, uint32_t line, const char *what)
{
    return error_input(scan->err, "%s:%u: %s", scan->path, line, what);
}

/* ---- one cell ---- */

/* What can stand behind a cell. */
static bool at_end(const char *at)
{
    return *at == ',' || *at == '\n' || *at == '\0' || (at[0] == '\r' && (at[1] == '\n' || at[1] == '\0'));
}

static int scan_quoted(struct scan *scan, const char **ret_cell)
{
    char *to = ++scan->at;
    uint32_t opened = scan->line;

    *ret_cell = to;
    for (; scan->at[0] != '"' || scan->at[1] == '"'; scan->at++) {
        if (*scan->at == '\0') {
            return refuse(scan, opened, "a quote opens here and is never closed");
        }
        scan->line += *scan->at == '\n';
        scan->at += *scan->at == '"';
        *to++ = *scan->at;
    }
    scan->at++;
    if (!at_end(scan->at)) {
        return refuse(scan, scan->line, "expected a comma or the line's end behind the closing quote");
    }
    *to = '\0'; /* the closing quote, at the latest */
    return 0;
}

static int scan_plain(struct scan *scan, const char **ret_cell)
{
    *ret_cell = scan->at;
    for (; !at_end(scan->at); scan->at++) {
        if (*scan->at == '"') {
            return refuse(scan, scan->line,
                          "a quote inside a cell; write the whole cell in quotes, and this one twice (RFC 4180)");
        }
    }
    return 0;
}

/* Leaves `at` at the beginning of the next cell or row. *ret_last: it was the last one of its row. */
static int scan_cell(struct scan *scan, const char **ret_cell, bool *ret_last)
{
    int result = *scan->at == '"' ? scan_quoted(scan, ret_cell) : scan_plain(scan, ret_cell);

    if (result != 0) {
        return -1;
    }
    char *end = scan->at;
    *ret_last = *end != ',';
    scan->at += *end == '\r';
    scan->line += *scan->at == '\n';
    scan->at += *scan->at != '\0';
    *end = '\0';
    return 0;
}

/* ---- rows ---- */

static void skip_empty_lines(struct scan *scan)
{
    for (;;) {
        size_t length = scan->at[0] == '\r' && scan->at[1] == '\n';
        if (scan->at[length] != '\n') {
            return;
        }
        scan->at += length + 1;
        scan->line++;
    }
}

static int scan_names(struct csv_table *table, struct scan *scan)
{
    const char *cell;
    bool last = false;

    skip_empty_lines(scan);
    for (uint32_t line = scan->line; !last;) {
        if (scan_cell(scan, &cell, &last) != 0) {
            return -1;
        }
        if (*cell == '\0') {
            return refuse(scan, line, "expected the names of the columns on the first line, found one without a name");
        }
        for (size_t i = 0; i < table->column_count; i++) {
            if (strcmp(table->columns[i], cell) == 0) {
                return refuse(scan, line, "two columns have the same name");
            }
        }
        *list_add(table->columns, table->column_count) = mem_string(cell);
    }
    return 0;
}

static int scan_row(struct csv_table *table, struct scan *scan, size_t *cell_count)
{
    uint32_t line = scan->line;
    const char *cell;
    size_t count = 0;
    bool last = false;

    *list_add(table->lines, table->row_count) = line;
    while (!last) {
        if (scan_cell(scan, &cell, &last) != 0) {
            return -1;
        }
        *list_add(table->cells, *cell_count) = cell;
        count++;
    }
    if (count != table->column_count) {
        return error_input(scan->err, "%s:%u: expected %zu cells as in the first line, found %zu", scan->path, line,
                           table->column_count, count);
    }
    return 0;
}

static int scan_rows(struct csv_table *table, struct scan *scan)
{
    size_t cell_count = 0;

    for (skip_empty_lines(scan); *scan->at != '\0'; skip_empty_lines(scan)) {
        if (scan_row(table, scan, &cell_count) != 0) {
            return -1;
        }
    }
    return table->row_count > 0 ? 0 : refuse(scan, scan->line, "expected at least one row below the names, found none");
}

/* ---- one file ---- */

static int check_text(const struct text *text, const char *path, struct error *err)
{
    const char *end = text->data + text->length, *next;
    uint32_t number = 1;

    for (const char *line = text->data; line < end; line = next, number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        next = stop == NULL ? end : stop + 1;
        if (!json_can_hold(line, (size_t)(next - line))) {
            return error_input(err, "%s:%u: expected UTF-8 text, found other bytes", path, number);
        }
    }
    return 0;
}

int csv_table_read(struct csv_table *table, const char *path, struct error *err)
{
    struct csv_table read = {0};
    struct text text = {0};
    struct scan scan = {.path = path, .line = 1, .err = err};

    text_append(&text, "", 0);
    int result = file_read(path, &text, err) != 0 || check_text(&text, path, err) != 0 ? -1 : 0;
    read.text = text_take(&text);
    scan.at = read.text;
    if (result != 0 || scan_names(&read, &scan) != 0 || scan_rows(&read, &scan) != 0) {
        csv_table_release(&read);
        return -1;
    }
    *table = read;
    return 0;
}

void csv_table_release(struct csv_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        free(table->columns[i]);
    }
    free(table->columns);
    free((void *)table->cells);
    free(table->lines);
    free(table->text);
    free(table->name);
    *table = (struct csv_table){0};
}

const char *csv_table_cell(const struct csv_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column];
}

int csv_table_column(const struct csv_table *table, const char *name, const struct json_at *at, size_t *ret_column,
                     struct error *err)
{
    const char **names = mem_new(table->column_count + 1, sizeof *names);
    size_t found = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        names[i] = table->columns[i];
    }
    while (found < table->column_count && strcmp(names[found], name) != 0) {
        found++;
    }
    const char *nearest = text_nearest(name, names);
    bool there = found < table->column_count || table->row_count == 0;
    if (!there && nearest != NULL) {
        json_reject(at, err, "no column of %s is called \"%.60s\"; the nearest is \"%.60s\"", table->name, name,
                    nearest);
    } else if (!there) {
        json_reject(at, err, "no column of %s is called \"%.60s\"; the first is \"%.60s\"", table->name, name,
                    names[0]);
    }
    free(names);
    if (!there) {
        return -1;
    }
    *ret_column = found < table->column_count ? found : 0;
    return 0;
}

/* ---- all files ---- */

int csv_tables_find(struct csv_tables *set, const char *name, const struct json_at *at, size_t *ret_table,
                    struct error *err)
{
    struct csv_table table = {0};
    struct error cause = {0};

    for (size_t i = 0; i < set->count; i++) {
        if (strcmp(set->tables[i].name, name) == 0) {
            *ret_table = i;
            return 0;
        }
    }
    if (set->folder != NULL) {
        char *path = file_join(set->folder, name);
        int result = csv_table_read(&table, path, &cause);
        free(path);
        if (result != 0) {
            return json_reject(at, err, "%s", cause.message);
        }
    }
    table.name = mem_string(name);
    *ret_table = set->count;
    *list_add(set->tables, set->count) = table;
    return 0;
}
