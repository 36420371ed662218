/* comparison_words: parts of a comparison in words: the letter of a run, a change, why the runs differ. Each
 * function with `out` appends to it. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_WORDS_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_WORDS_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

#include <stddef.h>

/* The most runs that have a letter of their own. */
#define COMPARISON_RUNS_MOST 26

/* What run number `run` is called: "A", "B", "C", … Static. */
const char *comparison_words_letter(size_t run);

/* "-10 %"; "x2.51" from twice on; "-" when it is not finite. */
void comparison_words_ratio(struct text *out, double ratio);

/* A change with its interval: "+12 % (+8 % to +15 %)"; "~ (-3 % to +2 %)" when no difference is seen; "+12 % (+8 %
 * to +15 % at 90 %)" or "+12 %, no interval" with too few trials; "+12 % (+8 % to +15 %) here" when it is seen between
 * these two runs and other runs are not known; "-" when there is nothing to compare. */
void comparison_words_change(struct text *out, const struct change *change);

/* Why the runs are not comparable: "the runs differ in \"profile\": quick in A, standard in B; in \"seed\": 1 in A,
 * 2 in B". */
void comparison_words_unlike(struct text *out, const struct comparison *comparison);

/* Append a sentence, without a full stop, on a service that is not one build in all runs; and on one that is not in the
 * runs of side `run` (analysis/comparison/builds.h). */
void comparison_words_builds(struct text *out, const struct compared_backend *backend);
void comparison_words_mixed(struct text *out, const struct compared_backend *backend, size_t run);

#endif
