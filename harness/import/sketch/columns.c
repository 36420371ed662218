#include "import/sketch/columns.h"

#include "base/list.h"
#include "base/mem.h"
#include "import/mix/fold.h"
#include "import/url.h"

#include <stdlib.h>
#include <string.h>

static void take_row(struct columns *columns, size_t row, const char *cells)
{
    for (size_t i = 0; i < columns->count; i++) {
        struct place_column *column = &columns->columns[i];
        size_t length = strcspn(cells, "\n");
        column->cells[row] = cells;
        column->lengths[row] = length;
        cells += length + 1;
        if (length != column->lengths[0] || memcmp(column->cells[row], column->cells[0], length) != 0) {
            column->varies = true;
        }
    }
}

static size_t places_in_path(const char *pattern)
{
    size_t count = 0;

    for (const char *c = pattern; *c != '\0' && *c != '?'; c++) {
        count += *c == FOLD_PLACE || *c == FOLD_SECRET;
    }
    return count;
}

void columns_init(struct columns *columns, const struct mix_kind *kind)
{
    *columns = (struct columns){.row_count = kind->row_count};
    for (size_t i = 0; i < kind->place_count; i++) {
        if (!kind->places[i].secret) {
            struct place_column *column = list_add(columns->columns, columns->count);
            column->name = kind->places[i].name;
            column->in_query = i >= places_in_path(kind->pattern);
            column->cells = mem_new(kind->row_count, sizeof *column->cells);
            column->lengths = mem_new(kind->row_count, sizeof *column->lengths);
        }
    }
    for (size_t row = 0; row < kind->row_count; row++) {
        take_row(columns, row, kind->rows[row]);
    }
    for (size_t i = 0; i < columns->count; i++) {
        columns->varying += columns->columns[i].varies;
    }
}

void columns_release(struct columns *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        free(columns->columns[i].cells);
        free(columns->columns[i].lengths);
    }
    free(columns->columns);
    *columns = (struct columns){0};
}

/* ---- ranges ---- */

static int by_number(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return (left > right) - (left < right);
}

static size_t count_distinct(const int64_t *sorted, size_t count)
{
    size_t distinct = count > 0;

    for (size_t i = 1; i < count; i++) {
        distinct += sorted[i] != sorted[i - 1];
    }
    return distinct;
}

/* Whether all cells are numbers. */
static bool read_numbers(const struct place_column *column, size_t row_count, int64_t *numbers)
{
    for (size_t row = 0; row < row_count; row++) {
        char *cell = mem_copy(column->cells[row], column->lengths[row]);
        bool number = fold_is_number(cell);
        numbers[row] = number ? strtoll(cell, NULL, 10) : 0;
        free(cell);
        if (!number) {
            return false;
        }
    }
    return row_count > 0;
}

bool column_is_range(const struct place_column *column, size_t row_count, int64_t *ret_low, int64_t *ret_high)
{
    int64_t *numbers = mem_new(row_count, sizeof *numbers);
    bool is_range = false;

    if (read_numbers(column, row_count, numbers)) {
        qsort(numbers, row_count, sizeof *numbers, by_number);
        int64_t low = numbers[0], high = numbers[row_count - 1];
        is_range = (int64_t)count_distinct(numbers, row_count) * 2 >= high - low + 1;
        if (is_range) {
            *ret_low = low;
            *ret_high = high;
        }
    }
    free(numbers);
    return is_range;
}

void column_write_cell(const struct place_column *column, size_t row, struct text *out)
{
    url_decode(out, column->cells[row], column->lengths[row], column->in_query);
}
