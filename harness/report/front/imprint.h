/* imprint: in one line, what was run, when, and on which machine. */
#ifndef TWOFOLD_REPORT_FRONT_IMPRINT_H
#define TWOFOLD_REPORT_FRONT_IMPRINT_H

#include "analysis/finding.h"
#include "report/text/page.h"

void imprint_write(struct page *page, const struct findings *findings);

#endif
