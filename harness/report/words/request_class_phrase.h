/* request_class_phrase: how the request classes of a step fared, in words: where they differ, or where the scenario
 * expects errors of some of them. */
#ifndef TWOFOLD_REPORT_WORDS_REQUEST_CLASS_PHRASE_H
#define TWOFOLD_REPORT_WORDS_REQUEST_CLASS_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>

/* True when some class of the step failed clearly more often than the step as a whole. `step` may be NULL. */
bool request_class_phrase_differs(const struct step_finding *step);

/* Append the classes that failed clearly more often than the step as a whole: ": all 40 of "no id" (instead of 422),
 * 12 of 60 of "cut JSON" (never answered)". Appends nothing when there are none. How a class failed is said only where
 * that is not `mostly`, the most frequent failure of the step. */
void request_class_phrase_failed(struct text *out, const struct findings *findings, const struct step_finding *step,
                                 enum failure mostly);

/* The step that expected errors are reported of: the highest that held, else the first break; NULL when there is
 * none. */
const struct step_finding *request_class_phrase_step(const struct backend_finding *backend);

/* Append what became of the expected errors, as a sentence with a space before it: " At 16,000/s its 1.0 % to be
 * refused all got their 4xx; the others beside them: p99 12.0 ms.". Appends nothing when the scenario expects no
 * errors. */
void request_class_phrase_expected_errors(struct text *out, const struct findings *findings,
                                          const struct backend_finding *backend);

#endif
