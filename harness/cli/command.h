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
    char **argv;                 /* argv[0] is the subcommand's name */
    const atomic_bool *stop;     /* set by the first Ctrl-C */
    const struct manual *manual; /* where the command's table of options goes, instead of it being run; NULL: nowhere */
};

/* Does the work and returns the exit status. Where `err` is set on return, main prints it and chooses the status by its
 * kind. */
typedef int command_run(const struct command_line *line, struct error *err);

command_run command_bench, command_load, command_plan, command_verify, command_report, command_compare, command_results,
    command_doctor, command_list, command_new, command_upstream, command_sample, command_keep;
command_run command_scenario, command_version, command_manual;

struct command_entry {
    const char *name;
    command_run *run;
    const char *what;
};

extern const struct command_entry command_entries[]; /* the last one's name is NULL */

/* Reads the command line by `options`, and what is not an option into `rest`. Returns 0 when the command is to be run;
 * 1 when the line contains "--help": the usage, a line for each option and the examples were printed instead, or given
 * to line->manual; -1 on an error. */
int command_read(const struct command_line *line, const char *usage, const struct option *options,
                 struct arguments_list *rest, struct error *err);

/* Raises the limit on open file descriptors as far as the system allows: thousands of connections need as many, here
 * and in the services, which inherit the limit. */
void command_raise_file_descriptors(void);

/* A file to write to, as it was given on the command line. */
struct destination {
    const char *option; /* "--out", for messages; NULL where no option names it */
    const char *file;   /* a new file, or a device or pipe that is there. NULL and "-": standard output */
};

/* Fails where the destination could not be written now, so that this is known before a measurement and not after it. */
int command_check_destination(const struct destination *to, struct error *err);

/* Writes all of the text. A reader that has closed its end of the pipe has seen enough: that is no error. A new file
 * that could not be written whole is removed. */
int command_write_to(const struct text *text, const struct destination *to, struct error *err);

/* The same to "--out `file`". */
int command_write(const struct text *text, const char *file, struct error *err);

/* Writes what is still to be written to standard output. Returns `status`, or EXIT_FAILED where it was fine and
 * something of the output is lost; that is said on standard error. */
int command_end(int status);

/* Opens /dev/null in place of standard input, output and error that are closed, so that no file takes their places.
 * What is written to a standard output that was closed still fails. */
void command_open_standard(void);

#endif
