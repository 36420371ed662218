/* early_warning_phrase: whether a break could be seen coming, and what the next doubling would break, in words. */
#ifndef TWOFOLD_REPORT_WORDS_EARLY_WARNING_PHRASE_H
#define TWOFOLD_REPORT_WORDS_EARLY_WARNING_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append a sentence with a space before it. Of a service that broke: " It was predicted one step earlier (3 of 4 such
 * alarms were right): …", that only a signal with too many false alarms showed it, or that nothing did. Of one that did
 * not: " At 64,000/s, its cores would be the first to break: …". Appends nothing when too few steps were run to say
 * either. */
void early_warning_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Append how many alarms of the signal that showed the break were right: "3 of 4 such alarms were right". Only where
 * early_warning.steps_before is above 0, or early_warning.withdrawn. */
void early_warning_phrase_alarms(struct text *out, const struct early_warning *warning);

/* Append when it was predicted, how many such alarms were right, and in which signal: "two steps earlier (3 of 4 such
 * alarms were right): its cores were 71 % busy". Only where early_warning.steps_before is above 0. */
void early_warning_phrase_sign(struct text *out, const struct findings *findings,
                               const struct backend_finding *backend);

#endif
