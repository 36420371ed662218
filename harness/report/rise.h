/* rise: how a service's memory rose through a step, in words. */
#ifndef TWOFOLD_REPORT_RISE_H
#define TWOFOLD_REPORT_RISE_H

#include "analysis/memory_rise.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdint.h>

/* "its memory rises by 1.20 MiB a minute (0.80 to 1.60) and would reach 512 MiB in 3.1 h", "no rise of its memory seen (-0.10
 * to +0.20 MiB a minute)": never a rise where the interval holds 0. */
void rise_words(struct text *out, const struct memory_rise *rise, uint64_t limit_bytes);

/* Whether those words tell of a rise that goes on: only then that it would reach a limit. */
bool rise_seen(const struct memory_rise *rise);

/* Cells of a table: "1.20 MiB", "none seen", "too short" to tell; "0.80 to 1.60 MiB"; "3.1 h". "-" where there is nothing to say. */
void rise_estimate(struct text *out, const struct memory_rise *rise);
void rise_interval(struct text *out, const struct memory_rise *rise);
void rise_limit(struct text *out, const struct memory_rise *rise);

#endif
