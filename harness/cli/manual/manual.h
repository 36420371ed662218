/* manual: the man page and the completions of shells, made of the tables of options that the commands read their lines
 * by, so that they cannot say anything else. */
#ifndef TWOFOLD_CLI_MANUAL_MANUAL_H
#define TWOFOLD_CLI_MANUAL_MANUAL_H

#include "arguments.h"

#include "base/text.h"

/* What a command's table is written as. */
struct manual_style {
    void (*begin)(struct text *out);                                                    /* before all commands */
    void (*command)(struct text *out, const char *name, const char *what);              /* then for each: its name, */
    void (*usage)(struct text *out, const char *usage);                                 /* how it is called, */
    void (*option)(struct text *out, const char *command, const struct option *option); /* each of its options, */
    void (*example)(struct text *out, const struct option *example); /* each example; NULL: nowhere, */
    void (*finish)(struct text *out);                                /* and its end */
    void (*end)(struct text *out);                                   /* after all of them */
};

extern const struct manual_style manual_page, manual_bash, manual_zsh, manual_fish;

/* Where a command that is asked for its table puts it (command.h, struct command_line). */
struct manual {
    const struct manual_style *style;
    struct text *out;
    const char *command; /* whose turn it is */
};

/* Takes the table of that command. */
void manual_take(const struct manual *manual, const char *usage, const struct option *options);

#endif
