/* summary: one row a service in two tables: what it holds and what broke first; and what that costs. */
#ifndef TWOFOLD_REPORT_TEXT_SUMMARY_H
#define TWOFOLD_REPORT_TEXT_SUMMARY_H

#include "analysis/finding.h"
#include "report/text/page.h"

void summary_write(struct page *page, const struct findings *findings);

#endif
