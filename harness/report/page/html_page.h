/* html_page: the page that is built from harness/web and kept inside the program, with data put into it. Which view of
 * it shows the data is said beside them: "report" (report/html.h), "comparison" (report/compare/comparison_json.h, and
 * in "markdown" the same as Markdown), "results" (report/data/results_json.h). The page needs nothing else: no network,
 * no second file.
 *
 * The data, and each run log, is an element of its own that holds its bytes compressed (gzip) in base64, so that
 * nothing in it can end the element or start another one, whatever a run log says. For a reader without scripts the
 * page holds the plain text. */
#ifndef TWOFOLD_REPORT_PAGE_HTML_PAGE_H
#define TWOFOLD_REPORT_PAGE_HTML_PAGE_H

#include "analysis/finding.h"
#include "base/error.h"
#include "base/text.h"

#include <jansson.h>
#include <stddef.h>

/* A run in a page. */
struct html_run {
    const char *file; /* its name, without folders */
    const struct findings *findings;
};

struct html_page {
    const char *view;
    const json_t *data; /* NULL: those of the runs, as report/html.h has them */
    const struct text *plain;
    const struct html_run *runs; /* whose logs (report/page/page_log.h) are in the page, in this order */
    size_t run_count;
};

/* Append the page. ERROR_FAILED where this program was built without one. */
int html_page_write(const struct html_page *page, struct text *out, struct error *err);

#endif
