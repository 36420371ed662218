/* resource_table: the part of a report that says what runs out first, and at which load. */
#ifndef TWOFOLD_REPORT_RESOURCE_RESOURCE_TABLE_H
#define TWOFOLD_REPORT_RESOURCE_RESOURCE_TABLE_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Writes nothing where no service has a resource of which the use was read. */
void resource_table_write(struct page *page, const struct findings *findings);

#endif
