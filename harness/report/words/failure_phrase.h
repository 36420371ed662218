/* failure_phrase: failed requests in words. */
#ifndef TWOFOLD_REPORT_WORDS_FAILURE_PHRASE_H
#define TWOFOLD_REPORT_WORDS_FAILURE_PHRASE_H

#include "base/text.h"
#include "record/tally.h"

/* What happened to a request that failed like this: "answered too late". Static. */
const char *failure_phrase(enum failure failure);

/* The most frequent failure in `tally`; the first of the enum among equally frequent ones, or when nothing failed. */
enum failure failure_phrase_main(const struct tally *tally);

/* Append the failures by kind, most frequent first: "timeout 120, reset 3"; "none" when nothing failed. */
void failure_phrase_counts(struct text *out, const struct tally *tally);

#endif
