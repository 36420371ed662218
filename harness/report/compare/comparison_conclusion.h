/* comparison_conclusion: what a comparison comes down to, in sentences. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_CONCLUSION_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_CONCLUSION_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

/* "The services break in the same order in A and B: python, node, then go." */
void comparison_answer_order(struct text *out, const struct comparison *comparison);

/* What a run's figures of one kind are to A's: "B against A, capacity: go -10 % (…); no difference seen: rust." */
void comparison_answer_change(struct text *out, const struct comparison *comparison, size_t run,
                              enum compared compared);

/* "rust breaks in the same order in A and B: latency, then errors; its cores were full in all of them." */
void comparison_answer_backend(struct text *out, const struct comparison *comparison,
                               const struct compared_backend *backend);

/* Why there is no interval, or a weak one; nothing where all have what a claim needs. */
void comparison_answer_trials(struct text *out, const struct comparison *comparison);

#endif
