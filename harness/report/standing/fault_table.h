/* fault_table: what the text report says of the faults of a scenario: what they cost the other requests. */
#ifndef TWOFOLD_REPORT_STANDING_FAULT_TABLE_H
#define TWOFOLD_REPORT_STANDING_FAULT_TABLE_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Nothing where the scenario has no faults. */
void fault_table_write(struct page *page, const struct findings *findings);

#endif
