/* The man page, in the macros of man(7). */
#include "manual/manual.h"

#include <stddef.h>

/* A line of text, in which nothing is a request or an escape. */
static void add_line(struct text *out, const char *line)
{
    if (line[0] == '.' || line[0] == '\'') {
        text_add(out, "\\&");
    }
    for (; *line != '\0'; line++) {
        switch (*line) {
        case '\\':
            text_add(out, "\\e");
            break;
        case '-':
            text_add(out, "\\-");
            break;
        case '\n':
            text_add(out, "\n.br\n");
            break;
        default:
            text_append(out, line, 1);
        }
    }
    text_add(out, "\n");
}

static void begin(struct text *out)
{
    text_add(out, ".TH TWOFOLD 1 \"\" \"twofold " TWOFOLD_VERSION "\" \"User Commands\"\n.SH NAME\n"
                  "twofold \\- what breaks first when traffic doubles\n.SH SYNOPSIS\n.B twofold\n.I command\n"
                  "[\\fIoptions\\fR]\n.SH DESCRIPTION\n");
    add_line(out, "Drives an HTTP service up a ladder on which the traffic doubles at every step, and says which limit "
                  "breaks first, at which load and how surely, what is behind it, and what would break next.");
    text_add(out, ".SH COMMANDS\n");
}

static void command(struct text *out, const char *name, const char *what)
{
    text_format(out, ".SS %s\n", name);
    add_line(out, what);
}

static void usage(struct text *out, const char *usage)
{
    text_add(out, ".PP\n");
    add_line(out, usage);
}

static void option(struct text *out, const char *command, const struct option *option)
{
    (void)command;
    text_format(out, ".TP\n\\fB%s", option->name[1] == '\0' ? "\\-" : "\\-\\-");
    for (const char *at = option->name; *at != '\0'; at++) {
        text_add(out, *at == '-' ? "\\" : "");
        text_append(out, at, 1);
    }
    text_add(out, "\\fR");
    if (option->value != NULL) {
        text_format(out, " \\fI%s\\fR", option->value);
    }
    text_add(out, "\n");
    add_line(out, option->help);
}

static void example(struct text *out, const struct option *example)
{
    text_add(out, ".TP\n.B ");
    text_add(out, "twofold ");
    add_line(out, example->value);
    add_line(out, example->help);
}

static void finish(struct text *out)
{
    (void)out;
}

static void end(struct text *out)
{
    text_add(out, ".SH EXIT STATUS\n");
    add_line(out, "0 fine; 1 it could not be done; 2 bad usage or a bad file; 3 the measurement is not valid; 4 a "
                  "--fail-if held; 130 interrupted.");
    text_add(out, ".SH FILES\n");
    add_line(out,
             "scenarios/, backends/ and results/ of the working folder; scenarios and backends are also looked for "
             "in ../share/twofold from the folder of the program.");
}

const struct manual_style manual_page = {begin, command, usage, option, example, finish, end};
