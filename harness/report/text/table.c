#include "report/text/table.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/text/paragraph.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GAP         2
#define LEFT_LEAST  12
#define RIGHT_LEAST 4

void table_init(struct table *table)
{
    *table = (struct table){0};
}

void table_init_facts(struct table *table)
{
    table_init(table);
    table_column(table, "", ALIGN_LEFT);
    table_column(table, "", ALIGN_LEFT);
}

void table_fact(struct table *table, const char *word, const char *meaning)
{
    table_cell(table, "%s", word);
    table_cell(table, "%s", meaning);
}

void table_release(struct table *table)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        free(table->cells[i]);
    }
    free(table->cells);
    free(table->columns);
    table_init(table);
}

void table_column(struct table *table, const char *header, enum align align)
{
    *list_add(table->columns, table->column_count) = (struct table_column){.header = header, .align = align};
}

void table_tint(struct table *table, enum tint tint)
{
    table->columns[table->column_count - 1].tint = tint;
}

static void add_plain(struct table *table, const char *string)
{
    struct text plain = {0};
    utf8_plain(&plain, string);
    *list_add(table->cells, table->cell_count) = text_take(&plain);
}

void table_cell(struct table *table, const char *format, ...)
{
    va_list args;
    char *string = NULL;

    va_start(args, format);
    int length = vasprintf(&string, format, args);
    va_end(args);
    if (length < 0) {
        string = mem_string("");
    }
    add_plain(table, string);
    free(string);
}

void table_take(struct table *table, struct text *cell)
{
    add_plain(table, cell->data);
    text_release(cell);
}

size_t table_rows(const struct table *table)
{
    if (table->column_count == 0) {
        return 0;
    }
    return (table->cell_count + table->column_count - 1) / table->column_count;
}

const char *table_at(const struct table *table, size_t row, size_t column)
{
    size_t index = row * table->column_count + column;
    return index < table->cell_count ? table->cells[index] : "";
}

bool table_has(const struct table *table, const char *cell)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        if (strcmp(table->cells[i], cell) == 0) {
            return true;
        }
    }
    return false;
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Columns of the cell's widest line when nothing cuts it but '\n'. */
static size_t natural_width(const char *cell)
{
    size_t widest = 0;
    struct line line;
    while (paragraph_line(&cell, SIZE_MAX / 2, &line)) {
        widest = larger(line.columns, widest);
    }
    return widest;
}

/* Columns of the cell's widest word. */
static size_t word_width(const char *cell)
{
    size_t widest = 0;
    while (*cell != '\0') {
        size_t length = strcspn(cell, " \n"), columns = 0;
        for (const char *at = cell; at < cell + length;) {
            uint32_t point;
            at = utf8_next(at, &point);
            columns += utf8_point_columns(point);
        }
        widest = larger(columns, widest);
        cell += length + strspn(cell + length, " \n");
    }
    return widest;
}

/* How wide the columns are drawn, and what they can be narrowed to. */
struct layout {
    size_t *widths;
    size_t *leasts;
    size_t gap;
    bool colour;
};

static size_t total_width(const struct table *table, const struct layout *layout)
{
    size_t total = 0;
    for (size_t i = 0; i < table->column_count; i++) {
        total += layout->widths[i];
        if (i > 0) {
            total += layout->gap;
        }
    }
    return total;
}

/* Narrow the widest columns of this alignment, a character at a time, as far as is needed and possible. */
static void narrow(const struct table *table, struct layout *layout, enum align align, size_t width)
{
    while (total_width(table, layout) > width) {
        size_t widest = table->column_count;
        for (size_t i = 0; i < table->column_count; i++) {
            bool may = table->columns[i].align == align && layout->widths[i] > layout->leasts[i];
            if (may && (widest == table->column_count || layout->widths[i] > layout->widths[widest])) {
                widest = i;
            }
        }
        if (widest == table->column_count) {
            return;
        }
        layout->widths[widest]--;
    }
}

static void start_layout(const struct table *table, struct layout *layout)
{
    *layout = (struct layout){.widths = mem_new(table->column_count, sizeof(size_t)),
                              .leasts = mem_new(table->column_count, sizeof(size_t)),
                              .gap = GAP};
    for (size_t column = 0; column < table->column_count; column++) {
        size_t widest = 0;
        for (size_t row = 0; row < table_rows(table); row++) {
            widest = larger(natural_width(table_at(table, row, column)), widest);
        }
        layout->widths[column] = larger(natural_width(table->columns[column].header), widest);
        layout->leasts[column] = larger(word_width(table->columns[column].header), widest);
    }
}

static void set_leasts(const struct table *table, struct layout *layout, enum align align, size_t least)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].align == align) {
            layout->leasts[i] = least;
        }
    }
}

/* What is missed least gives way first: headers, then texts, then the gap, and only then numbers. */
static void fit(const struct table *table, struct layout *layout, size_t width)
{
    start_layout(table, layout);
    narrow(table, layout, ALIGN_RIGHT, width);
    set_leasts(table, layout, ALIGN_LEFT, LEFT_LEAST);
    narrow(table, layout, ALIGN_LEFT, width);
    if (total_width(table, layout) > width) {
        layout->gap = 1;
    }
    set_leasts(table, layout, ALIGN_RIGHT, RIGHT_LEAST);
    narrow(table, layout, ALIGN_RIGHT, width);
}

static size_t cell_height(const char *cell, size_t width)
{
    struct line line;
    size_t height = 0;
    while (paragraph_line(&cell, width, &line)) {
        height++;
    }
    return height;
}

/* Line `index` of a cell; an empty one where the cell is over. */
static struct line cell_line(const char *cell, size_t width, size_t index)
{
    struct line line = {0};
    for (size_t i = 0; i <= index; i++) {
        if (!paragraph_line(&cell, width, &line)) {
            return (struct line){"", 0, 0};
        }
    }
    return line;
}

static void write_words(struct text *out, const struct line *line, enum tint tint, bool colour)
{
    if (line->length > 0) {
        tint_begin(out, tint, colour);
        text_append(out, line->start, line->length);
        tint_end(out, tint, colour);
    }
}

static void write_line(struct text *out, const struct line *line, const struct table_column *column,
                       const struct layout *layout, size_t width)
{
    int fill = 0;

    if (line->columns < width) {
        fill = (int)(width - line->columns);
    }
    if (column->align == ALIGN_RIGHT) {
        text_format(out, "%*s", fill, "");
        write_words(out, line, column->tint, layout->colour);
    } else {
        write_words(out, line, column->tint, layout->colour);
        text_format(out, "%*s", fill, "");
    }
}

static void end_line(struct text *out, size_t begin)
{
    while (out->length > begin && out->data[out->length - 1] == ' ') {
        out->data[--out->length] = '\0';
    }
    text_add(out, "\n");
}

/* A row of cells takes as many lines as its highest cell. */
struct table_row {
    bool header;
    size_t height;
};

static void write_gap(struct text *out, const struct layout *layout, size_t column)
{
    if (column > 0) {
        text_format(out, "%*s", (int)layout->gap, "");
    }
}

/* Line `index` of a cell in a row: headers are aligned at the bottom, other cells at the top. */
static struct line row_line(const char *cell, size_t width, const struct table_row *row, size_t index)
{
    size_t above = 0;
    if (row->header) {
        above = row->height - cell_height(cell, width);
    }
    if (index < above) {
        return (struct line){"", 0, 0};
    }
    return cell_line(cell, width, index - above);
}

static void write_row(const struct table *table, const char *const *cells, const struct layout *layout, bool header,
                      struct text *out)
{
    struct table_row row = {.header = header};

    for (size_t column = 0; column < table->column_count; column++) {
        row.height = larger(cell_height(cells[column], layout->widths[column]), row.height);
    }
    for (size_t index = 0; index < row.height; index++) {
        size_t begin = out->length;
        for (size_t column = 0; column < table->column_count; column++) {
            struct table_column drawn = table->columns[column];
            size_t width = layout->widths[column];
            struct line line = row_line(cells[column], width, &row, index);
            drawn.tint = header ? TINT_FAINT : drawn.tint;
            write_gap(out, layout, column);
            write_line(out, &line, &drawn, layout, width);
        }
        end_line(out, begin);
    }
}

static void write_header(const struct table *table, const char **cells, const struct layout *layout, struct text *out)
{
    bool any = false;
    for (size_t column = 0; column < table->column_count; column++) {
        cells[column] = table->columns[column].header;
        any = any || cells[column][0] != '\0';
    }
    if (!any) {
        return;
    }
    write_row(table, cells, layout, true, out);
    for (size_t column = 0; column < table->column_count; column++) {
        write_gap(out, layout, column);
        for (size_t i = 0; i < layout->widths[column]; i++) {
            text_add(out, "-");
        }
    }
    text_add(out, "\n");
}

void table_write(const struct table *table, size_t width, struct text *out)
{
    table_draw(table, width, false, out);
}

void table_draw(const struct table *table, size_t width, bool colour, struct text *out)
{
    const char **cells = mem_new(table->column_count, sizeof *cells);
    struct layout layout;

    fit(table, &layout, width);
    layout.colour = colour;
    write_header(table, cells, &layout, out);
    for (size_t row = 0; row < table_rows(table); row++) {
        for (size_t column = 0; column < table->column_count; column++) {
            cells[column] = table_at(table, row, column);
        }
        write_row(table, cells, &layout, false, out);
    }
    free(cells);
    free(layout.widths);
    free(layout.leasts);
}
