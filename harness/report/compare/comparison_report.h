/* comparison_report: a comparison as text or markdown. It says in this order: why the runs should not be compared,
 * if the comparison was forced; which side is better, by how much and how surely; what each service holds in each run
 * and what broke; what that costs at a load that all hold; what differs, in sentences; warnings that concern the
 * comparison; the runs and their machines side by side. `explained`: what the columns of tables mean, too. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_REPORT_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_REPORT_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"
#include "report/text/page.h"

#include <stdbool.h>

/* Append it. */
void comparison_report_text(const struct comparison *comparison, const struct page_look *look, bool explained,
                            struct text *out);
void comparison_report_markdown(const struct comparison *comparison, bool explained, struct text *out);

#endif
