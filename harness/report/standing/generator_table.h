/* generator_table: the generators of a fleet beside each other, as the tables of the text report: what each sent of the
 * highest load that held and of the first that broke, and what it saw. */
#ifndef TWOFOLD_REPORT_STANDING_GENERATOR_TABLE_H
#define TWOFOLD_REPORT_STANDING_GENERATOR_TABLE_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* Nothing where one process sent all load. */
void generator_table_write(struct page *page, const struct findings *findings);

#endif
