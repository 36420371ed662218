/* limit_phrase: in words, at which loads the limits of a service break, and in which order. */
#ifndef TWOFOLD_REPORT_WORDS_LIMIT_PHRASE_H
#define TWOFOLD_REPORT_WORDS_LIMIT_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>

/* Append what a step says: "holds", "breaks", "undecided" or "invalid", and which run of its load in the trial it was
 * where that was run before: "holds, run 2" for an attempt of 1. */
void limit_phrase_verdict(struct text *out, enum verdict verdict, unsigned attempt);

/* Append a load that was estimated, to three significant digits: "14,700/s". */
void limit_phrase_about(struct text *out, const struct scenario *scenario, double load);

/* Append the capacity under one limit: "14,700/s (14,100 to 15,300)"; "between 8,000/s and 16,000/s" where there is no
 * estimate; "below 500/s" where no load was seen to hold; "above 64,000/s" where none was seen to break. */
void limit_phrase_load(struct text *out, const struct scenario *scenario, const struct limit_capacity *capacity);

/* Append the limits that break first: "latency", "latency and errors (not told apart)"; a crash stands
 * alone. Returns false, and appends
 * nothing, where nothing broke. */
bool limit_phrase_first(struct text *out, const struct backend_finding *backend);

/* Append the limits that break, in the order of their loads, those that are not told apart together: "latency, then
 * errors and queue"; "-" for none, and for NULL. */
void limit_phrase_order(struct text *out, const struct backend_finding *backend);

/* Append those of the first place alone: "latency and queue". Nothing where nothing broke. */
void limit_phrase_first_names(struct text *out, const struct backend_finding *backend);

/* Append the limits that break at higher loads: "errors at 16,200/s (15,400 to 17,000); memory and queue between
 * 32,000/s and 64,000/s". Returns how many they are. */
size_t limit_phrase_next(struct text *out, const struct scenario *scenario, const struct backend_finding *backend);

/* The same without the intervals of estimates, for a table. */
size_t limit_phrase_next_short(struct text *out, const struct scenario *scenario,
                               const struct backend_finding *backend);

/* Append the one that breaks next, with those that share its place: "errors at 16,200/s", "errors and queue between
 * 32,000/s and 64,000/s". Returns how many they are. */
size_t limit_phrase_next_one(struct text *out, const struct scenario *scenario, const struct backend_finding *backend);

/* Append "latency first in 6 of 6 trials"; "latency among the first" where others are not told apart from it. Returns
 * false, and appends nothing, where only one trial saw a break. */
bool limit_phrase_trials(struct text *out, const struct backend_finding *backend);

/* Append what the service holds under all limits, as a cell of a table: the capacity under the limit that breaks first,
 * ">= 64,000/s" where nothing broke, "-" where nothing is known. */
void limit_phrase_held(struct text *out, const struct scenario *scenario, const struct backend_finding *backend);

#endif
