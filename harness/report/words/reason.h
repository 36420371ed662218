/* reason: what the evidence says behind a broken step, and why a step is no measurement, in words. Pieces of sentences;
 * nothing more certain than the figures behind it. */
#ifndef TWOFOLD_REPORT_WORDS_REASON_H
#define TWOFOLD_REPORT_WORDS_REASON_H

#include "analysis/finding.h"
#include "base/text.h"

/* "its cores were full"; NULL where the figures name no cause. A crash is no cause of what broke before it. */
const char *reason_cause(const struct step_finding *step);

/* The same for the cause that the figures allow as well; NULL where there is none. */
const char *reason_second(const struct step_finding *step);

/* The evidence: "busiest thread 100 % of a core, its cores 52 % used". Nothing where there is none. */
void reason_evidence(struct text *out, const struct step_finding *step);

/* Why the step is invalid: "requests left late, a generator thread was full". */
void reason_invalid(struct text *out, const struct step_verdict *verdict);

#endif
