/* soak: what a steady load after everything else showed, in words: whether the service held it, and whether its memory
 * rose. */
#ifndef TWOFOLD_REPORT_TEXT_SOAK_H
#define TWOFOLD_REPORT_TEXT_SOAK_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/text/page.h"

/* " It held a steady load of 8,000/s for 60.0 s: …": a sentence with a space before it; nothing where there was none.
 */
void soak_sentence(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* One row a service; nothing where none had a soak. */
void soak_write(struct page *page, const struct findings *findings);

#endif
