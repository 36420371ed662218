/* arguments: reads a command line by a table of options: "--name value" or "--name=value", flags, and what is left
 * over. An option whose name is one letter is written as "-X value" or "-Xvalue". */
#ifndef TWOFOLD_CLI_ARGUMENTS_H
#define TWOFOLD_CLI_ARGUMENTS_H

#include "base/error.h"

#include <stddef.h>

enum option_kind {
    OPTION_FLAG,     /* bool * */
    OPTION_TEXT,     /* const char ** */
    OPTION_TEXTS,    /* struct arguments_list *: may be repeated */
    OPTION_COUNT,    /* uint64_t *: a whole number, at least 1 */
    OPTION_NUMBER,   /* uint64_t *: a whole number, at least 0 */
    OPTION_DURATION, /* uint64_t *: ns, from "10s" */
    OPTION_EXAMPLE,  /* no option: a line as people type it, for the help; see ARGUMENTS_EXAMPLE */
};

struct option {
    const char *name; /* without the dashes; NULL ends a table */
    enum option_kind kind;
    void *into;
    const char *value; /* the name of its value in the help, "N"; NULL for a flag; of an example the line */
    const char *help;
};

/* A row of a table of options that is an example of its command: what is typed behind "twofold ", and what that does.
 * Examples stand behind the options. */
#define ARGUMENTS_EXAMPLE(line, what)                                                                                  \
    {                                                                                                                  \
        "example", OPTION_EXAMPLE, NULL, line, what                                                                    \
    }

#define ARGUMENTS_MOST 64

/* NULL-terminated; borrowed from argv. */
struct arguments_list {
    const char *items[ARGUMENTS_MOST + 1];
    size_t count;
};

/* Reads the options among argv[1] … to where the table says, and the rest into `rest`. "--" ends the options.
 * ERROR_INPUT names the argument and what was expected. */
int arguments_read(char **argv, const struct option *options, struct arguments_list *rest, struct error *err);

#endif
