#include "report/text/terminal.h"

#include "base/utf8.h"
#include "report/text/paragraph.h"

#include <stddef.h>

static void title(struct page *page, const char *text)
{
    paragraph_write(page->out, "", text, page->width);
    text_add(page->out, "\n");
}

/* A blank line, which separates blocks. */
static void end_block(struct page *page)
{
    const struct text *out = page->out;
    if (out->length > 1 && out->data[out->length - 2] != '\n') {
        text_add(page->out, "\n");
    }
}

static void section(struct page *page, const char *text)
{
    end_block(page);
    tint_begin(page->out, TINT_STRONG, page->colour);
    size_t begin = page->out->length;
    paragraph_write(page->out, "", text, page->width);
    size_t length = page->out->length - begin;
    tint_end(page->out, TINT_STRONG, page->colour);
    for (size_t i = 1; i < length && i <= page->width; i++) {
        text_add(page->out, "=");
    }
    text_add(page->out, "\n");
}

static void part(struct page *page, const char *text)
{
    end_block(page);
    paragraph_write(page->out, "", text, page->width);
}

static void gap(struct page *page)
{
    end_block(page);
}

static void paragraph(struct page *page, const char *text)
{
    paragraph_write(page->out, "", text, page->width);
}

static void item(struct page *page, const char *text)
{
    paragraph_write(page->out, "- ", text, page->width);
}

static void command(struct page *page, const char *command_line)
{
    text_add(page->out, "      ");
    tint_begin(page->out, TINT_ACT, page->colour);
    utf8_plain(page->out, command_line);
    tint_end(page->out, TINT_ACT, page->colour);
    text_add(page->out, "\n");
}

static void table(struct page *page, const struct table *cells)
{
    table_draw(cells, page->width, page->colour, page->out);
}

const struct page_style terminal_style = {
    .title = title,
    .section = section,
    .part = part,
    .gap = gap,
    .paragraph = paragraph,
    .item = item,
    .command = command,
    .facts = table,
    .table = table,
};
