/* table: rows of cells under headers, drawn with columns that are aligned by display width. */
#ifndef TWOFOLD_REPORT_TEXT_TABLE_H
#define TWOFOLD_REPORT_TEXT_TABLE_H

#include "base/text.h"
#include "report/text/tint.h"

#include <stdbool.h>
#include <stddef.h>

enum align {
    ALIGN_LEFT,
    ALIGN_RIGHT, /* numbers */
};

struct table_column {
    const char *header; /* borrowed; "" for none; '\n' begins a new line */
    enum align align;
    enum tint tint; /* of its cells */
};

struct table {
    struct table_column *columns;
    size_t column_count;
    char **cells; /* row by row; safe to show, one line each */
    size_t cell_count;
};

void table_init(struct table *table);
void table_release(struct table *table);

/* Add the columns first, then the cells from left to right, row after row. */
void table_column(struct table *table, const char *header, enum align align);
void table_tint(struct table *table, enum tint tint); /* of the column that was added last */
void table_cell(struct table *table, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Add a cell from `cell`, which is emptied. */
void table_take(struct table *table, struct text *cell);

/* A table of two columns without headers, for page_style.facts: a word, and its meaning. */
void table_init_facts(struct table *table);
void table_fact(struct table *table, const char *word, const char *meaning);

size_t table_rows(const struct table *table);
const char *table_at(const struct table *table, size_t row, size_t column); /* "" where the last row is not full */
bool table_has(const struct table *table, const char *cell);                /* some cell is exactly this */

/* Append the table in lines of at most `width` columns. If it would be wider, its columns are narrowed, widest
 * first, and cells continue on further lines: headers give way first, then texts, then the gap between columns, then
 * numbers. A table without any header has no header lines. */
void table_write(const struct table *table, size_t width, struct text *out);

/* The same, in colour where `colour` is true. */
void table_draw(const struct table *table, size_t width, bool colour, struct text *out);

#endif
