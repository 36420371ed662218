/* request_kinds: what became of each kind of request, in words: where kinds differ, or where the scenario wants some of
 * them refused. */
#ifndef TWOFOLD_REPORT_TEXT_REQUEST_CLASSES_H
#define TWOFOLD_REPORT_TEXT_REQUEST_CLASSES_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/text/page.h"

/* ": all 40 of "no id" (instead of 422), 12 of 60 of "cut JSON" (never answered)": the kinds that failed more than the
 * step as a whole, as far as the record tells; nothing where all fared alike. What failed there is only said where it
 * is not `mostly`. */
void request_classes_failed(struct text *out, const struct findings *findings, const struct step_finding *step,
                            enum failure mostly);

/* " At 16,000/s its 1.0 % to be refused all got their 4xx; the others beside them: p99 12.0 ms.": of the highest step
 * that held, or of the first break; nothing where the scenario wants none refused. */
void request_classes_sentence(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* A table a service of its kinds of request, at the highest step that held and at its first break; nothing where no
 * service has anything to tell by kind. */
void request_classes_write(struct page *page, const struct findings *findings);

#endif
