/* page: what a report for people is made of, whichever way it is drawn. The content is written once, against this; a
 * style draws it (terminal.h, markdown.h). Styles make every string safe for their medium: callers pass texts as they
 * are. */
#ifndef TWOFOLD_REPORT_TEXT_PAGE_H
#define TWOFOLD_REPORT_TEXT_PAGE_H

#include "base/text.h"
#include "report/text/table.h"

#include <stddef.h>

struct page {
    const struct page_style *style;
    struct text *out;
    size_t width; /* columns a line may take, where the style has lines */
};

struct page_style {
    void (*title)(struct page *page, const char *text);
    void (*section)(struct page *page, const char *text);
    void (*part)(struct page *page, const char *text); /* the line above a table */
    void (*paragraph)(struct page *page, const char *text);
    void (*item)(struct page *page, const char *text);           /* of a list */
    void (*command)(struct page *page, const char *command);     /* below the item that it belongs to */
    void (*facts)(struct page *page, const struct table *facts); /* two columns: a word, and what is to be said of it */
    void (*table)(struct page *page, const struct table *table);
};

#endif
