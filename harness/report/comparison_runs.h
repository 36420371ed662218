/* comparison_runs: the runs of a comparison side by side: file, machine, cores, reference service, versions. */
#ifndef TWOFOLD_REPORT_COMPARISON_RUNS_H
#define TWOFOLD_REPORT_COMPARISON_RUNS_H

#include "analysis/comparison.h"
#include "report/page.h"

void comparison_runs_write(struct page *page, const struct comparison *comparison);

#endif
