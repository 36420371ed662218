/* report: findings in, bytes out. Nothing is judged here and nothing is printed: whoever asked writes the bytes.
 *
 * A finished text or markdown report answers, in this order: what ran and where; per service what it holds, what broke
 * first and why, and what it cost; the same in sentences; the one answer; what spoils it. CSV and JSON are for
 * programs: columns and keys are described in report/csv.h and report/json.h. The page is report/html.h. All formats say the same numbers. Strings
 * out of a run log may come from a stranger: control characters never reach a terminal, nor markup a page. */
#ifndef TWOFOLD_REPORT_REPORT_H
#define TWOFOLD_REPORT_REPORT_H

#include "analysis/finding.h"
#include "base/error.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

enum report_format {
    REPORT_TEXT,
    REPORT_MARKDOWN,
    REPORT_CSV,
    REPORT_JSON,
    REPORT_HTML, /* written by report/html.h, which takes several runs */
};

struct report_options {
    bool steps;   /* text and markdown: the ladder of every service too, step by step */
    size_t width; /* text: columns a line may take; 0 means REPORT_WIDTH, less than REPORT_WIDTH_LEAST means that */
};

#define REPORT_WIDTH       118
#define REPORT_WIDTH_LEAST 80

/* "text", "markdown", "csv", "json", "html". ERROR_INPUT on another name, with the nearest known one. */
int report_format_read(const char *name, enum report_format *ret_format, struct error *err);

/* Append the report to `out`, in any format but REPORT_HTML. `options` may be NULL: no steps, REPORT_WIDTH. Only a warning's command may be longer
 * than the width: cut in two it would do harm when pasted. */
void report_write(const struct findings *findings, enum report_format format, const struct report_options *options,
                  struct text *out);

#endif
