/* evidence_phrase: a figure that supports a cause, as words: "busiest thread 97 % of a core". The key says in which
 * unit its value is. */
#ifndef TWOFOLD_REPORT_WORDS_EVIDENCE_PHRASE_H
#define TWOFOLD_REPORT_WORDS_EVIDENCE_PHRASE_H

#include "analysis/cause/evidence.h"
#include "base/text.h"

/* A key without words of its own still reads as such: "pool_wait_ns" is "pool wait 12.0 ms". */
void evidence_phrase_add(struct text *out, const struct evidence *evidence);

#endif
