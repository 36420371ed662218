/* steps: every step of every service, trial by trial, one row a step. */
#ifndef TWOFOLD_REPORT_TEXT_STEPS_H
#define TWOFOLD_REPORT_TEXT_STEPS_H

#include "analysis/finding.h"
#include "report/text/page.h"

void steps_write(struct page *page, const struct findings *findings);

#endif
