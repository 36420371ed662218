/* page: what a report for people is made of, apart from how it is drawn. The content is written once against this
 * header, and a style draws it (terminal.h, markdown.h). A style makes every string safe for its medium, so callers
 * pass strings as they are. */
#ifndef TWOFOLD_REPORT_TEXT_PAGE_H
#define TWOFOLD_REPORT_TEXT_PAGE_H

#include "base/text.h"
#include "report/text/table.h"

#include <stdbool.h>
#include <stddef.h>

struct page {
    const struct page_style *style;
    struct text *out; /* borrowed */
    size_t width;     /* columns a line may take, where the style has lines */
    bool colour;      /* where the style has lines: with the escape sequences of a terminal */
    bool explained;   /* with what the columns of tables mean */
};

struct page_style {
    void (*title)(struct page *page, const char *text);
    void (*section)(struct page *page, const char *text); /* the heading of one */
    void (*part)(struct page *page, const char *text);    /* the line above a table */
    void (*gap)(struct page *page);                       /* before what belongs to no part */
    void (*paragraph)(struct page *page, const char *text);
    void (*item)(struct page *page, const char *text);           /* of a list */
    void (*command)(struct page *page, const char *command);     /* below the item that it belongs to */
    void (*facts)(struct page *page, const struct table *facts); /* two columns: a word, and its meaning */
    void (*table)(struct page *page, const struct table *table);
};

/* What lines are written for. All zero: a pipe. */
struct page_look {
    size_t width; /* in columns; 0: PAGE_WIDTH */
    bool colour;  /* of a terminal */
};

#define PAGE_WIDTH       118
#define PAGE_WIDTH_LEAST 80

/* The columns of a page for which `width` was asked: PAGE_WIDTH for 0, and never less than PAGE_WIDTH_LEAST. */
size_t page_width(size_t width);

/* A word, and its meaning. Both static. */
struct page_fact {
    const char *word, *meaning;
};

/* Write a paragraph that says how to read what follows, where the page is to be explained. */
void page_explain(struct page *page, const char *text);

/* Write what the columns of the table above mean, where the page is to be explained. */
void page_legend(struct page *page, const struct page_fact *facts, size_t count);

/* The same from a table of facts, which is released. */
void page_legend_table(struct page *page, struct table *facts);

#endif
