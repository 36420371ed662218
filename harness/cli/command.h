/* command: one subcommand of twofold. */
#ifndef TWOFOLD_CLI_COMMAND_H
#define TWOFOLD_CLI_COMMAND_H

#include "arguments.h"
#include "base/error.h"
#include "base/text.h"

#include <stdatomic.h>

enum exit_status {
    EXIT_FINE = 0,
    EXIT_FAILED = 1,
    EXIT_USAGE = 2,
    EXIT_NOT_VALID = 3,
    EXIT_HELD = 4, /* a --fail-if held */
    EXIT_INTERRUPTED = 130,
};

struct command_line {
    char **argv;             /* argv[0] is the subcommand's name */
    const atomic_bool *stop; /* set by the first Ctrl-C */
};

/* Does the work; returns an exit status, EXIT_FAILED with `err` set (main turns that into its status and message). */
typedef int command_run(const struct command_line *line, struct error *err);

command_run command_bench, command_load, command_plan, command_verify, command_report, command_compare, command_results,
    command_doctor, command_list, command_upstream;

/* "--help" prints it: usage, and a line for each option. */
void command_help(const char *usage, const struct option *options);

/* Read the line by `options`; a "--help" among them prints and sets *ret_helped. */
int command_read(const struct command_line *line, const char *usage, const struct option *options,
                 struct arguments_list *rest, int *ret_helped, struct error *err);

/* Thousands of connections need as many descriptors, here and in services, which inherit the limit: raise it as far as
 * the system allows. */
void command_raise_file_descriptors(void);

/* Write to `file`, or to standard output for NULL. */
int command_write(const struct text *text, const char *file, struct error *err);

#endif
