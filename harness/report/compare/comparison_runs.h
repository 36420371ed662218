/* comparison_runs: the runs of a comparison side by side: file, machine, cores, reference service, versions. */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_RUNS_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_RUNS_H

#include "analysis/comparison/comparison.h"
#include "report/text/page.h"

void comparison_runs_write(struct page *page, const struct comparison *comparison);

#endif
