/* comparison_report: a comparison put into bytes, by the styles that reports have. Text and markdown say in this order: why
 * the runs should not be compared, where they were forced to be; the runs and their machines side by side; what differs,
 * in sentences; per service what each run holds and what broke; what that costs at a load that all hold. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_REPORT_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_REPORT_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"
#include "report/text/page.h"

/* At the width of a report for `width` 0 (report/report.h). */
void comparison_report_text(const struct comparison *comparison, size_t width, struct text *out);
void comparison_report_markdown(const struct comparison *comparison, struct text *out);

#endif
