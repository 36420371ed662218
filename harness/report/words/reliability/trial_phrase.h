/* trial_phrase: the trials of a service in words: what they held, and those that have no steps. */
#ifndef TWOFOLD_REPORT_WORDS_RELIABILITY_TRIAL_PHRASE_H
#define TWOFOLD_REPORT_WORDS_RELIABILITY_TRIAL_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>

/* Append "2 did not start", "1 could not be run", or both with "and" between them. Appends nothing, and returns false,
 * when every trial has steps. */
bool trial_phrase_failed(struct text *out, const struct backend_finding *backend);

/* Whether no trial has steps, and there was one. */
bool trial_phrase_all_failed(const struct backend_finding *backend);

/* Append the same as a sentence with a space before it: " Of the 4 trials of go, 2 did not start."; where no trial has
 * steps, " Nothing is known of go, which did not start in any of its 4 trials.". Nothing when every trial has steps. */
void trial_phrase_failed_sentence(struct text *out, const struct backend_finding *backend);

/* Append what became of all trials as a sentence with a space before it: " Its 4 trials held 400/s; latency first in 4
 * of 4 trials.", " Of its 4 trials, 2 did not start; the other 2 held 400/s.". Nothing for a single trial that has
 * steps, and for several that say nothing of the capacity. */
void trial_phrase_write(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Append the words for a service without a step, none of whose trials could be run: " did not start in any of its 4
 * trials: exit status 1 …". */
void trial_phrase_none(struct text *out, const struct backend_finding *backend);

/* Append ": " and the reason, with one full stop behind it. */
void trial_phrase_why(struct text *out, const char *why);

#endif
