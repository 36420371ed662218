/* slow_table: what became of the slow connections beside the load, where those double. */
#ifndef TWOFOLD_REPORT_TEXT_CLIENTS_SLOW_TABLE_H
#define TWOFOLD_REPORT_TEXT_CLIENTS_SLOW_TABLE_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Nothing where something else doubles. */
void slow_table_write(struct page *page, const struct findings *findings);

#endif
