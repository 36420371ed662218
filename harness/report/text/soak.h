/* soak: a table of the steady load after the ladder: whether each service held it, and whether its memory rose. */
#ifndef TWOFOLD_REPORT_TEXT_SOAK_H
#define TWOFOLD_REPORT_TEXT_SOAK_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* One row a service. Writes nothing when none had a soak. */
void soak_write(struct page *page, const struct findings *findings);

#endif
