/* output: reports of finished runs, made and written. */
#ifndef TWOFOLD_CLI_OUTPUT_H
#define TWOFOLD_CLI_OUTPUT_H

#include "arguments.h"

#include "base/error.h"
#include "report/report.h"
#include "report/text/page.h"

#include <stdbool.h>
#include <stddef.h>

struct output_options {
    const char *format;        /* NULL: text */
    const char *const *limits; /* changes, NULL-terminated; may be NULL */
    bool steps, details, explain;
    const char *pairs;                    /* as in report_options; may be NULL */
    bool salvage;                         /* read around damaged lines */
    bool unless_empty;                    /* write nothing when no step was measured */
    const char *file;                     /* NULL: standard output */
    const char *junit;                    /* a new file for JUnit XML, beside the report; NULL: none */
    const struct arguments_list *fail_if; /* conditions, which were read once; may be NULL */
};

/* Whether a person reads what is written to that file there and then. What a launcher of MPI has started has no such
 * reader: Open MPI gives rank 0 a terminal of its own, and passes on what it writes to wherever mpirun writes. */
bool output_is_terminal(int fd);

/* How lines look that go to `file`; NULL: to standard output, which may be a terminal. */
struct page_look output_look(const char *file);

/* What the run is worth. */
struct output_validity {
    bool valid;                  /* reliability_valid */
    bool left_out;               /* a service took no part, for whatever reason */
    enum condition_outcome gate; /* the worst that the conditions come to */
};

/* Reads the run log at `run` and writes its report, then what the conditions come to (gate/gate_line.h), and the
 * summary of a workflow's step where one is asked for (gate/github.h). `ret_validity` may be NULL. */
int output_report(const char *run, const struct output_options *options, struct output_validity *ret_validity,
                  struct error *err);

/* Reads these run logs and writes one page about all of them. */
int output_page(const char *const *runs, size_t count, const struct output_options *options, struct error *err);

/* Reads these run logs and writes one table of all of them, as text or markdown. */
int output_overview(const char *const *runs, size_t count, const struct output_options *options, struct error *err);

/* Whether the options ask for the page. */
bool output_is_page(const struct output_options *options);

#endif
