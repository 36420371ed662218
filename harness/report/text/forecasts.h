/* forecasts: a table of what lies before and after the break: how early it was predicted, how the service recovered,
 * and how far the forecasts were off. */
#ifndef TWOFOLD_REPORT_TEXT_FORECASTS_H
#define TWOFOLD_REPORT_TEXT_FORECASTS_H

#include "analysis/finding.h"
#include "report/text/page.h"

/* One row a service. Writes nothing when no service has a recovery or a break that could be forecast. */
void forecasts_write(struct page *page, const struct findings *findings);

#endif
