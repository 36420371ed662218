/* comparison_verdict: whether a side of a comparison is better than A, by how much, and how sure that is. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_VERDICT_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_VERDICT_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

#include <stddef.h>

/* "better", "worse", "no difference seen", "not sure", "not known": by capacity, for programs. Static. `run` is not 0.
 */
const char *comparison_verdict_name(const struct compared_backend *backend, size_t run);

/* Append it in a sentence: "go in B against A: better, capacity +12 % (+8 % to +15 %)." */
void comparison_verdict_write(struct text *out, const struct comparison *comparison,
                              const struct compared_backend *backend, size_t run);

#endif
