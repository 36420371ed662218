/* standing: one row a service in three tables: its capacity and scores; what owning it costs; and each two services beside
 * each other, as far as trials tell them apart. */
#ifndef TWOFOLD_REPORT_TEXT_STANDING_H
#define TWOFOLD_REPORT_TEXT_STANDING_H

#include "analysis/finding.h"
#include "report/text/page.h"

void standing_write(struct page *page, const struct findings *findings);

#endif
