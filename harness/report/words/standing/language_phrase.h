/* language_phrase: what a run tells of languages (analysis/capacity/languages.h), in words. */
#ifndef TWOFOLD_REPORT_WORDS_STANDING_LANGUAGE_PHRASE_H
#define TWOFOLD_REPORT_WORDS_STANDING_LANGUAGE_PHRASE_H

#include "analysis/finding.h"
#include "base/text.h"

/* Append a line of one of findings->languages: "Go: 14,000/s to 23,000/s over 3 frameworks, the least with chi
 * (go-chi), the most with net/http (go). Each of them holds more than each of Python. Not told apart from JavaScript."
 * The languages that it is not told apart from are named in the line of the first of them only. */
void language_phrase(struct text *out, const struct findings *findings, const struct language_finding *language);

#endif
