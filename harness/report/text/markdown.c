#include "report/text/markdown.h"

#include "base/utf8.h"

#include <stddef.h>
#include <string.h>

/* Append `string` as literal text in one line. */
static void escape(struct text *out, const char *string)
{
    struct text plain = {0};
    utf8_plain(&plain, string);
    for (const char *at = plain.data; at != NULL && *at != '\0'; at++) {
        if (strchr("\\`*_[]<>|~&#$", *at) != NULL) {
            text_add(out, "\\");
        }
        text_append(out, at, 1);
    }
    text_release(&plain);
}

static void write_line(struct page *page, const char *lead, const char *text, const char *end)
{
    text_add(page->out, lead);
    escape(page->out, text);
    text_add(page->out, end);
}

/* A blank line, which separates blocks. */
static void end_block(struct page *page)
{
    const struct text *out = page->out;
    if (out->length > 1 && out->data[out->length - 2] != '\n') {
        text_add(page->out, "\n");
    }
}

static void title(struct page *page, const char *text)
{
    write_line(page, "# ", text, "\n\n");
}

static void section(struct page *page, const char *text)
{
    end_block(page);
    write_line(page, "## ", text, "\n\n");
}

static void part(struct page *page, const char *text)
{
    end_block(page);
    write_line(page, "**", text, "**\n\n");
}

static void gap(struct page *page)
{
    end_block(page);
}

static void paragraph(struct page *page, const char *text)
{
    end_block(page);
    write_line(page, "", text, "\n\n");
}

static void item(struct page *page, const char *text)
{
    write_line(page, "- ", text, "\n");
}

/* Indented, so that it belongs to the item. */
static void command(struct page *page, const char *command_line)
{
    text_add(page->out, "\n  ~~~~~~~~\n  ");
    utf8_plain(page->out, command_line);
    text_add(page->out, "\n  ~~~~~~~~\n\n");
}

static void facts(struct page *page, const struct table *table)
{
    end_block(page);
    for (size_t row = 0; row < table_rows(table); row++) {
        write_line(page, "- **", table_at(table, row, 0), "**: ");
        write_line(page, "", table_at(table, row, 1), "\n");
    }
}

static void write_header(struct page *page, const struct table *table)
{
    static const char *const rules[] = {[ALIGN_LEFT] = " --- |", [ALIGN_RIGHT] = " ---: |"};

    text_add(page->out, "|");
    for (size_t column = 0; column < table->column_count; column++) {
        write_line(page, " ", table->columns[column].header, " |");
    }
    text_add(page->out, "\n|");
    for (size_t column = 0; column < table->column_count; column++) {
        text_add(page->out, rules[table->columns[column].align]);
    }
    text_add(page->out, "\n");
}

static void write_table(struct page *page, const struct table *table)
{
    end_block(page);
    write_header(page, table);
    for (size_t row = 0; row < table_rows(table); row++) {
        text_add(page->out, "|");
        for (size_t column = 0; column < table->column_count; column++) {
            write_line(page, " ", table_at(table, row, column), " |");
        }
        text_add(page->out, "\n");
    }
    text_add(page->out, "\n");
}

const struct page_style markdown_style = {
    .title = title,
    .section = section,
    .part = part,
    .gap = gap,
    .paragraph = paragraph,
    .item = item,
    .command = command,
    .facts = facts,
    .table = write_table,
};
