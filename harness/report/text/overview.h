/* overview: many runs in one table: scenarios down, services across. A cell says what the service holds and what
 * broke it first; the last column who is ahead, where that is certain (analysis/capacity/ranking.h). Where languages of
 * a run have several frameworks, a line a language follows (analysis/capacity/languages.h). */
#ifndef TWOFOLD_REPORT_TEXT_OVERVIEW_H
#define TWOFOLD_REPORT_TEXT_OVERVIEW_H

#include "analysis/finding.h"
#include "report/text/page.h"

#include <stddef.h>

/* One row a run, in their order. */
void overview_write(struct page *page, const struct findings *const *runs, size_t count);

#endif
