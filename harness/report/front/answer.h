/* answer: what a report leads with, in three lines: which service breaks first, on which limit, at which load and why,
 * and what would follow; which one has the highest capacity; and what the run leaves open. Where a language
 * has services of several frameworks, a line a language follows (analysis/capacity/languages.h). */
#ifndef TWOFOLD_REPORT_FRONT_ANSWER_H
#define TWOFOLD_REPORT_FRONT_ANSWER_H

#include "analysis/finding.h"
#include "report/text/page.h"

void answer_write(struct page *page, const struct findings *findings);

#endif
