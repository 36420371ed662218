/* comparison_line: what became of the capacities from one run to the next, in one line. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_LINE_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_LINE_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

#include <stdbool.h>

/* Append, of two runs: "capacity +3 %, no difference seen, against results/catalog.jsonl"; with several services "go:
 * capacity +3 %, no difference seen; rust: …; against …". `file` is the name of the first run. Returns false, and
 * appends nothing, where no service has a capacity in both. */
bool comparison_line_write(struct text *out, const struct comparison *comparison, const char *file);

#endif
