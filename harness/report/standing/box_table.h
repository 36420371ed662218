/* box_table: what a larger box buys: the capacity of each service in each box, beside the next smaller one. */
#ifndef TWOFOLD_REPORT_STANDING_BOX_TABLE_H
#define TWOFOLD_REPORT_STANDING_BOX_TABLE_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Nothing where no service ran in several boxes. */
void box_table_write(struct page *page, const struct findings *findings);

#endif
