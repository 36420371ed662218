/* soak_phrase: what a steady load after the ladder showed, in words. */
#ifndef TWOFOLD_REPORT_WORDS_AFTER_SOAK_PHRASE_H
#define TWOFOLD_REPORT_WORDS_AFTER_SOAK_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

#include <stdbool.h>

/* Append whether the service held the steady load, and whether its memory rose, as a sentence with a space before
 * it: " It held a steady load of 8,000/s for 60.0 s: …". Appends nothing when the service had no soak. */
void soak_phrase(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* Append that the service did not hold the steady load, for the answer: "go did not hold a steady load of 8,000/s:
 * latency broke after 40.0 s.". Nothing, and false, when it held or died (death_phrase.h), or there was no soak. */
bool soak_phrase_headline(struct text *out, const struct findings *findings, const struct backend_finding *backend);

#endif
