/* comparison_words: pieces of a comparison in words: the letter of a run, a change, what broke in which order. Each appends
 * to `out`. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_WORDS_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_WORDS_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

/* Runs are called A, B, C, … */
#define COMPARISON_RUNS_MOST 26
const char *comparison_letter(size_t run); /* static */

/* "-10 %", "x2.51" from twice on; "-" where it is no number. */
void comparison_words_ratio(struct text *out, double ratio);

/* "+12 % (+8 % to +15 %)", "~ (-3 % to +2 %)", "+12 % (+8 % to +15 % at 90 %)" with too few trials, "+12 %, no interval",
 * "-" where there is nothing to compare. */
void comparison_words_change(struct text *out, const struct change *change);

/* "16,000/s", ">= 16,000/s", "< 500/s", "-". */
void comparison_words_holds(struct text *out, const struct findings *findings, const struct backend_finding *backend);

/* "latency, then errors and queue"; "-" where nothing broke. */
void comparison_words_order(struct text *out, const struct backend_finding *backend);

/* Why the backend has no figures in this run: "took no part: …", "not in this run"; nothing when it has. */
void comparison_words_absence(struct text *out, const struct compared_side *side);

/* "the runs differ in \"profile\": quick in A, standard in B; in \"seed\": 1 in A, 2 in B". */
void comparison_words_unlike(struct text *out, const struct comparison *comparison);

#endif
