/* outlook: before and after the break, in words: whether it could be seen coming, what the next doubling would break,
 * how good the forecasts were, and how the service came back. */
#ifndef TWOFOLD_REPORT_TEXT_FORECASTS_H
#define TWOFOLD_REPORT_TEXT_FORECASTS_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/text/page.h"

/* " It was visible one step earlier: … After the load dropped it recovered in 0.9 s; …": sentences that follow one on
 * the break, each with a space before it; nothing where there is nothing to say. */
void forecasts_sentences(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* One row a service; nothing where no run of this kind was made. */
void forecasts_write(struct page *page, const struct findings *findings);

#endif
