/* html_page: the page that is built from harness/web and kept inside the program, with data put into it. Which view of
 * it shows the data is said beside them: "report" (report/html.h), "comparison" (report/comparison_json.h), "results"
 * (report/results_json.h). The page needs nothing else: no network, no second file.
 *
 * Nothing in the data can end its element or start another one, whatever a run log says. For a reader without scripts
 * the page holds the plain text. */
#ifndef TWOFOLD_REPORT_DATA_HTML_PAGE_H
#define TWOFOLD_REPORT_DATA_HTML_PAGE_H

#include "base/error.h"
#include "base/text.h"

#include <jansson.h>

struct html_page {
    const char *view;
    const json_t *data;
    const struct text *plain;
};

/* Append the page. ERROR_FAILED where this program was built without one. */
int html_page_write(const struct html_page *page, struct text *out, struct error *err);

#endif
