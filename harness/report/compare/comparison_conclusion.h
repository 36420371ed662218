/* comparison_conclusion: what a comparison comes down to, in sentences. Each function appends one to `out`. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_CONCLUSION_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_CONCLUSION_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

#include <stddef.h>

/* "The services break in the same order in A and B: python, node, then go." Nothing where each side is one service. */
void comparison_conclusion_order(struct text *out, const struct comparison *comparison);

/* How one figure changed from run A to `run`, for all services: "B against A, capacity: different: go -10 %; no
 * difference seen: rust." */
void comparison_conclusion_change(struct text *out, const struct comparison *comparison, size_t run,
                                  enum compared compared);

/* "rust: its limits break in the same order in A and B; the cause is the same: its cores were saturated." */
void comparison_conclusion_backend(struct text *out, const struct comparison *comparison,
                                   const struct compared_backend *backend);

/* What a difference between the runs is worth: what it is told by, or why none is claimed. */
void comparison_conclusion_trials(struct text *out, const struct comparison *comparison);

#endif
