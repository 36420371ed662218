/* overview: many runs in one table: scenarios down, services across, what each holds and what broke it first, and who
 * is ahead where that is certain (analysis/winner.h). */
#ifndef TWOFOLD_REPORT_TEXT_OVERVIEW_H
#define TWOFOLD_REPORT_TEXT_OVERVIEW_H

#include "analysis/finding.h"
#include "base/text.h"
#include "report/report.h"

#include <stddef.h>

/* Append it to `out`, in the order of the runs; `format` is REPORT_TEXT or REPORT_MARKDOWN, `width` as in
 * report_options. */
void overview_write(const struct findings *const *runs, size_t count, enum report_format format, size_t width,
                    struct text *out);

#endif
