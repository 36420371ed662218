/* output: a finished run put into a report and written. */
#ifndef TWOFOLD_CLI_OUTPUT_H
#define TWOFOLD_CLI_OUTPUT_H

#include "base/error.h"
#include "report/report.h"

struct output_options {
    const char *format;        /* NULL: text */
    const char *const *limits; /* changes, NULL-terminated; may be NULL */
    bool steps;
    const char *file; /* NULL: standard output */
};

/* Read the run log at `run` and write its report. */
int output_report(const char *run, const struct output_options *options, struct error *err);

#endif
