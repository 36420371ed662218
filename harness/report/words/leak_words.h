/* rise: how a service's memory rose through a step, in words. */
#ifndef TWOFOLD_REPORT_WORDS_LEAK_WORDS_H
#define TWOFOLD_REPORT_WORDS_LEAK_WORDS_H

#include "analysis/after/leak.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* "its memory rises by 1.20 MiB a minute (0.80 to 1.60) and would reach 512 MiB in 3.1 h", "no rise of its memory seen
 * (-0.10 to +0.20 MiB a minute)": never a rise where the interval holds 0. */
void leak_words(struct text *out, const struct leak *rise, uint64_t limit_bytes);

/* Whether those words tell of a rise that goes on: only then that it would reach a limit. */
bool leak_seen(const struct leak *rise);

/* Cells of a table: "1.20 MiB", "none seen", "too short" to tell; "0.80 to 1.60 MiB"; "3.1 h". "-" where there is
 * nothing to say. */
void leak_estimate(struct text *out, const struct leak *rise);
void leak_interval(struct text *out, const struct leak *rise);
void leak_limit(struct text *out, const struct leak *rise);

#endif
