/* reason: why a step broke, why a step is invalid, and why a service has no figures, in words. Each is a part of a
 * sentence, and no surer than the figures behind it. */
#ifndef TWOFOLD_REPORT_WORDS_REASON_H
#define TWOFOLD_REPORT_WORDS_REASON_H

#include "analysis/finding.h"
#include "base/text.h"

/* The cause of what broke first: "its cores were saturated". NULL when the figures name no cause, and where there are
 * none because nobody looked. A crash is not the cause of what broke before it. Static. */
const char *reason_cause(const struct step_finding *step);

/* The same, but "the figures name no cause" or "cause: not watched; give --watch" instead of NULL. */
const char *reason_cause_or_none(const struct step_finding *step);

/* The cause that the figures allow as well; NULL when there is none. Static. */
const char *reason_second(const struct step_finding *step);

/* Append the figures behind the cause: "busiest thread 100 % of a core, its cores 52 % used". Appends nothing when
 * there are none. */
void reason_evidence(struct text *out, const struct step_finding *step);

/* "requests left late". Static. */
const char *reason_invalidity(enum invalidity invalidity);

/* Append why the step is invalid: "requests left late and a generator thread was saturated". */
void reason_invalid(struct text *out, const struct step_verdict *verdict);

/* The same in brackets, with a space before it. Appends nothing when there is no reason. */
void reason_invalid_in_brackets(struct text *out, const struct step_verdict *verdict);

/* Append why the service has no figures in a run: "took no part: …", "no step was run", "no valid step"; "not in
 * this run" for NULL. Appends nothing when it has figures. */
void reason_absence(struct text *out, const struct backend_finding *backend);

#endif
