/* html: the report as one page that needs nothing else: no network, no second file. The page is built from harness/web
 * and kept inside the program; here the data of the runs goes into it: what was found of each run under its limits,
 * which the page shows at once, and the run log of each, from which the page judges again when its reader moves a
 * limit.
 *
 *   data                       {format: 2, runs[]: report/page/page_data.h}
 *   logs                       one for each run: report/page/page_log.h
 *
 * For a reader without scripts the page holds the text report. */
#ifndef TWOFOLD_REPORT_HTML_H
#define TWOFOLD_REPORT_HTML_H

#include "base/error.h"
#include "base/text.h"
#include "report/page/html_page.h"

#include <stddef.h>

/* Append the page of these runs, in this order. ERROR_FAILED where this program was built without the page. */
int html_write(const struct html_run *runs, size_t count, struct text *out, struct error *err);

#endif
