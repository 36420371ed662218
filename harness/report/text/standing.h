/* standing: how the services compare, in three tables: capacity and scores; what owning each one costs; and each two
 * services against each other, as far as the trials tell them apart. */
#ifndef TWOFOLD_REPORT_TEXT_STANDING_H
#define TWOFOLD_REPORT_TEXT_STANDING_H

#include "analysis/finding.h"
#include "report/text/page.h"

void standing_write(struct page *page, const struct findings *findings);

#endif
