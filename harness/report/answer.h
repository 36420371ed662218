/* answer: what a report leads with: which service breaks first, on which limit, at which load and why, what would
 * follow, and what runs out first. */
#ifndef TWOFOLD_REPORT_ANSWER_H
#define TWOFOLD_REPORT_ANSWER_H

#include "analysis/finding.h"
#include "report/text/page.h"

void answer_write(struct page *page, const struct findings *findings);

#endif
