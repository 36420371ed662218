/* markdown: draws a page as GitHub-flavoured markdown, one line a paragraph. */
#ifndef TWOFOLD_REPORT_TEXT_MARKDOWN_H
#define TWOFOLD_REPORT_TEXT_MARKDOWN_H

#include "report/text/page.h"

/* Every character that could begin markup is escaped. */
extern const struct page_style markdown_style;

#endif
