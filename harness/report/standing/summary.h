/* summary: what it costs to hold what a service holds, one row a service: response time, CPU and memory there and at
 * the break. */
#ifndef TWOFOLD_REPORT_STANDING_SUMMARY_H
#define TWOFOLD_REPORT_STANDING_SUMMARY_H

#include "analysis/finding.h"
#include "report/text/page.h"

void summary_write(struct page *page, const struct findings *findings);

#endif
