/* output: finished runs put into a report and written. */
#ifndef TWOFOLD_CLI_OUTPUT_H
#define TWOFOLD_CLI_OUTPUT_H

#include "base/error.h"
#include "report/report.h"

#include <stdbool.h>
#include <stddef.h>

struct output_options {
    const char *format;        /* NULL: text */
    const char *const *limits; /* changes, NULL-terminated; may be NULL */
    bool steps;
    const char *file; /* NULL: standard output */
};

/* As wide as the terminal, where it is one; PAGE_WIDTH at most. */
size_t output_width(void);

/* Read the run log at `run` and write its report. *ret_distrusted (may be NULL): whether some backend's answers do not
 * add up. */
int output_report(const char *run, const struct output_options *options, bool *ret_distrusted, struct error *err);

/* Read these run logs and write one page of them all. */
int output_page(const char *const *runs, size_t count, const struct output_options *options, struct error *err);

/* Read these run logs and write one table of them all, as text or markdown. */
int output_overview(const char *const *runs, size_t count, const struct output_options *options, struct error *err);

/* Whether the options ask for the page. */
bool output_is_page(const struct output_options *options);

#endif
