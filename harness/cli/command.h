/* command: what the subcommands of twofold share. Each lies in a file of its own, command_NAME.c. */
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

/* Does the work and returns the exit status. Where `err` is set on return, main prints it and chooses the status by its
 * kind. */
typedef int command_run(const struct command_line *line, struct error *err);

command_run command_bench, command_load, command_plan, command_verify, command_report, command_compare, command_results,
    command_doctor, command_list, command_upstream;

/* Reads the command line by `options`, and what is not an option into `rest`. Returns 0 when the command is to be run;
 * 1 when the line contains "--help": the usage and a line for each option were printed instead; -1 on an error. */
int command_read(const struct command_line *line, const char *usage, const struct option *options,
                 struct arguments_list *rest, struct error *err);

/* Raises the limit on open file descriptors as far as the system allows: thousands of connections need as many, here
 * and in the services, which inherit the limit. */
void command_raise_file_descriptors(void);

/* Writes to `file`, which must not exist, or to standard output for NULL. */
int command_write(const struct text *text, const char *file, struct error *err);

#endif
