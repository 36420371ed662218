/* capacity_table: the one table of a report: for each service its capacity, what breaks first and why, what would
 * follow, and how much of what it runs on is left when the traffic doubles. */
#ifndef TWOFOLD_REPORT_FRONT_CAPACITY_TABLE_H
#define TWOFOLD_REPORT_FRONT_CAPACITY_TABLE_H

#include "analysis/finding.h"
#include "report/text/page.h"

#include <stdbool.h>

/* `details`: what its trials held, too, where there are several. */
void capacity_table_write(struct page *page, const struct findings *findings, bool details);

#endif
