/* report: findings in, bytes out. Nothing is judged here, and nothing is printed: the caller writes the bytes.
 * A report for people (text, markdown) says the answer first: in three lines and one table what breaks first, why, and
 * what would be next; then what to do about it, and in one line what was run and where. With details follow what
 * everything costs, how the services compare, the same in sentences, and what spoils it. CSV and JSON
 * are for programs: report/data/csv.h and report/data/json.h describe their columns and keys; JUnit XML and OpenMetrics
 * (report/gate/junit.h, report/data/open_metrics.h) for what watches builds and services. The page is report/html.h.
 * All formats give the same numbers. Strings of a run log may come from a stranger: control characters never reach a
 * terminal, nor markup a page. */
#ifndef TWOFOLD_REPORT_REPORT_H
#define TWOFOLD_REPORT_REPORT_H

#include "analysis/finding.h"
#include "base/error.h"
#include "base/text.h"
#include "report/gate/gate.h"
#include "report/text/page.h"

#include <stdbool.h>
#include <stddef.h>

enum report_format {
    REPORT_TEXT,
    REPORT_MARKDOWN,
    REPORT_CSV,
    REPORT_JSON,
    REPORT_JUNIT,
    REPORT_OPENMETRICS,
    REPORT_HTML, /* not written here but by report/html.h, which takes several runs */
};

struct report_options {
    const struct gate *gate; /* JUnit XML: the conditions that were asked; may be NULL */
    bool details;            /* text and markdown: everything that is known but the steps */
    bool explain;            /* text and markdown: what the columns of tables mean */
    bool steps;              /* text and markdown: every step of every service too */
    bool answer_last;        /* text and markdown, with details or steps: the answer stands at the end, where a terminal
                              * stops */
    bool colour;             /* text: with the escape sequences of a terminal */
    const char *command;     /* text and markdown: what makes this report again; NULL: "twofold report RUN" */
    const char *pairs;       /* text and markdown: which pairs of services to show beside neighbours, as in
                              * report/standing/pair_table.h; may be NULL */
    size_t
        width; /* text: columns a line may take; 0 means PAGE_WIDTH, and PAGE_WIDTH_LEAST is the least (text/page.h) */
};

/* Read "text", "markdown", "csv", "json", "junit", "openmetrics" or "html". ERROR_INPUT for any other name, with the
 * nearest known one. */
int report_format_read(const char *name, enum report_format *ret_format, struct error *err);

/* Append the report to `out`, in any format but REPORT_HTML. `options` may be NULL: the answer, width PAGE_WIDTH. Only
 * a command of a warning may be longer than the width. */
void report_write(const struct findings *findings, enum report_format format, const struct report_options *options,
                  struct text *out);

/* Append one table of many runs: in REPORT_TEXT, for `look`, or REPORT_MARKDOWN a row a service
 * (report/text/overview.h), in REPORT_CSV a row a step. */
void report_write_overview(const struct findings *const *runs, size_t count, enum report_format format,
                           const struct page_look *look, struct text *out);

#endif
