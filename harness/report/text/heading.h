/* heading: what was run, on which machine and under which limits: the first part of a report for people. */
#ifndef TWOFOLD_REPORT_TEXT_HEADING_H
#define TWOFOLD_REPORT_TEXT_HEADING_H

#include "analysis/finding.h"
#include "report/text/page.h"

void heading_write(struct page *page, const struct findings *findings);

#endif
