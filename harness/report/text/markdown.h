/* markdown: pages as GitHub-flavoured markdown, one line a paragraph. */
#ifndef TWOFOLD_REPORT_TEXT_MARKDOWN_H
#define TWOFOLD_REPORT_TEXT_MARKDOWN_H

#include "base/text.h"
#include "report/text/page.h"

extern const struct page_style markdown_style;

/* Append `string` as literal text in one line: every character that could begin markup is escaped. */
void markdown_escape(struct text *out, const char *string);

#endif
