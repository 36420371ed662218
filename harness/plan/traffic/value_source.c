#include "plan/traffic/value_source.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/secret.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static int read_path(const struct json_at *at, const char **ret_path, struct error *err)
{
    if (json_read_line(at, ret_path, err) != 0) {
        return -1;
    }
    if (!file_is_inside(*ret_path)) {
        return json_expected(at, err, "a path relative to the scenario's folder, without \"..\"");
    }
    return 0;
}

/* ---- lines of a file ---- */

/* The lines that are not empty, NULL-terminated. Returns 0, or the number of the first line that is not UTF-8. */
static size_t split_lines(struct value *value, const struct text *text)
{
    const char *end = text->data + text->length;
    const char *next;
    char **lines = NULL;
    size_t count = 0;
    size_t number = 1;
    size_t refused = 0;

    for (const char *line = text->data; line < end && refused == 0; line = next, number++) {
        const char *stop = memchr(line, '\n', (size_t)(end - line));
        size_t length = (size_t)((stop == NULL ? end : stop) - line);
        next = line + length + 1;
        length -= length > 0 && line[length - 1] == '\r';
        refused = json_can_hold(line, length) ? 0 : number;
        if (value->unfit_line == 0 && !value_fits_header(line, length)) {
            value->unfit_line = number;
        }
        if (length > 0) {
            *list_add(lines, count) = mem_copy(line, length);
        }
    }
    value->line_count = count;
    *list_add(lines, count) = NULL;
    value->lines = lines;
    return refused;
}

static int load_lines(struct value *value, const struct json_at *at, const char *path, struct error *err)
{
    struct text text = {0};
    struct error cause = {0};
    size_t refused;
    int result = -1;

    if (file_read(path, &text, &cause) != 0) {
        json_reject(at, err, "%s", cause.message);
    } else if ((refused = split_lines(value, &text)) != 0) {
        json_reject(at, err, "%s:%zu: expected UTF-8 text, found other bytes", path, refused);
    } else if (value->line_count == 0) {
        json_reject(at, err, "%s: expected at least one line that is not empty, found none", path);
    } else {
        result = 0;
    }
    text_release(&text);
    return result;
}

int value_source_lines(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err)
{
    const char *name;

    value->type = VALUE_LINES;
    if (read_path(at, &name, err) != 0) {
        return -1;
    }
    if (tables->folder == NULL) {
        return 0;
    }
    char *path = file_join(tables->folder, name);
    int result = load_lines(value, at, path, err);
    free(path);
    return result;
}

/* ---- rows of a CSV file ---- */

static int read_order(struct csv_table *table, const struct json_at *at, struct error *err)
{
    static const char *const names[] = {"uniform", "sequence", NULL};
    struct json_at order;
    int choice;

    json_find(at, "order", &order);
    if (order.value == NULL) {
        return 0;
    }
    if (json_read_choice(&order, names, &choice, err) != 0) {
        return -1;
    }
    if (table->order_said && table->order != (enum csv_order)choice) {
        return json_reject(&order, err,
                           "another value reads %s in another order, and the columns of a row go together; say the "
                           "order once",
                           table->name);
    }
    table->order = (enum csv_order)choice;
    table->order_said = true;
    return 0;
}

static bool is_json_number(const char *cell)
{
    json_t *json = json_loads(cell, JSON_DECODE_ANY, NULL);
    bool number = json_is_number(json) && strchr(" \t\r\n", cell[0]) == NULL;

    json_decref(json);
    return number;
}

static int read_number(struct value *value, const struct csv_table *table, const struct json_at *at, struct error *err)
{
    struct json_at number;

    json_find(at, "number", &number);
    if (number.value == NULL) {
        return 0;
    }
    if (!json_is_boolean(number.value)) {
        return json_expected(&number, err, "true or false");
    }
    value->number = json_is_true(number.value);
    for (size_t row = 0; value->number && row < table->row_count; row++) {
        const char *cell = csv_table_cell(table, row, value->column);
        if (!is_json_number(cell)) {
            return json_reject(&number, err, "%s:%u: expected a JSON number in column \"%.60s\", found another text",
                               table->name, table->lines[row], table->columns[value->column]);
        }
    }
    return 0;
}

static void find_unfit(struct value *value, const struct csv_table *table)
{
    for (size_t row = 0; row < table->row_count && value->unfit_line == 0; row++) {
        const char *cell = csv_table_cell(table, row, value->column);
        if (!value_fits_header(cell, strlen(cell))) {
            value->unfit_line = table->lines[row];
        }
    }
}

int value_source_csv(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err)
{
    struct json_at csv, file, column;
    const char *path, *name;

    value->type = VALUE_CSV;
    json_find(at, "csv", &csv);
    if (json_check_array(&csv, 2, 2, err) != 0) {
        return -1;
    }
    file = json_element(&csv, 0);
    column = json_element(&csv, 1);
    if (read_path(&file, &path, err) != 0 || json_read_line(&column, &name, err) != 0 ||
        csv_tables_find(tables, path, &file, &value->table, err) != 0) {
        return -1;
    }
    struct csv_table *table = &tables->tables[value->table];
    if (csv_table_column(table, name, &column, &value->column, err) != 0 || read_order(table, at, err) != 0 ||
        read_number(value, table, at, err) != 0) {
        return -1;
    }
    find_unfit(value, table);
    return 0;
}

/* ---- the environment ---- */

int value_source_env(struct value *value, const struct json_at *at, struct csv_tables *tables, struct error *err)
{
    static const char lawful[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    const char *name;

    value->type = VALUE_ENV;
    if (json_read_line(at, &name, err) != 0) {
        return -1;
    }
    if (name[strspn(name, lawful)] != '\0' || (name[0] >= '0' && name[0] <= '9')) {
        return json_expected(at, err, "the name of an environment variable, of A-Z, a-z, 0-9 and _");
    }
    value->variable = mem_string(name);
    const char *held = tables->folder != NULL ? getenv(name) : NULL;
    if (held != NULL) {
        value->secret = mem_string(held);
        secret_keep(held);
    }
    return 0;
}
