/* leak_phrase: how a service's memory changed under a steady load, in words. */
#ifndef TWOFOLD_REPORT_WORDS_AFTER_LEAK_PHRASE_H
#define TWOFOLD_REPORT_WORDS_AFTER_LEAK_PHRASE_H

#include "analysis/after/leak.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* Append a clause: "its memory rises by 1.20 MiB a minute (0.80 to 1.60) and would reach 512 MiB in 3.1 h", "no rise
 * of its memory seen (-0.10 to +0.20 MiB a minute)". A rise is never claimed where its confidence interval holds 0.
 * `limit_bytes` is the limit on memory; 0: there is none. */
void leak_phrase(struct text *out, const struct leak *leak, uint64_t limit_bytes);

/* True when the clause claims a rise that goes on. */
bool leak_phrase_rises(const struct leak *leak);

/* Append a cell of a table; "-" where there is nothing to say. */
void leak_phrase_estimate(struct text *out, const struct leak *leak); /* "1.20 MiB", "none seen", "too short" */
void leak_phrase_interval(struct text *out, const struct leak *leak); /* "0.80 to 1.60 MiB" */
void leak_phrase_limit(struct text *out, const struct leak *leak);    /* time until the limit: "3.1 h" */

#endif
