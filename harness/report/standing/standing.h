/* standing: how the services compare, in two tables: capacity and scores; what owning each one costs. */
#ifndef TWOFOLD_REPORT_STANDING_STANDING_H
#define TWOFOLD_REPORT_STANDING_STANDING_H

#include "analysis/finding.h"
#include "report/text/page.h"

void standing_write(struct page *page, const struct findings *findings);

#endif
