/* comparison_report: a comparison as text or markdown. It says in this order: why the runs should not be compared,
 * if the comparison was forced; the runs and their machines side by side; what each service holds in each run and
 * what broke; what that costs at a load that all hold; what differs, in sentences; warnings that concern the
 * comparison. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_REPORT_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_REPORT_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

#include <stddef.h>

/* Append it. `width` in columns, as in report_options (report/report.h). */
void comparison_report_text(const struct comparison *comparison, size_t width, struct text *out);
void comparison_report_markdown(const struct comparison *comparison, struct text *out);

#endif
