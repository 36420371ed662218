/* override_line: the options that set keys of a scenario in place of its file: the same for every command that takes
 * them. */
#ifndef TWOFOLD_CLI_RUN_OVERRIDE_LINE_H
#define TWOFOLD_CLI_RUN_OVERRIDE_LINE_H

#include "arguments.h"

#include "base/error.h"
#include "plan/scenario/overrides.h"

struct override_line {
    const char *from, *steps, *warmup, *measure, *deadline, *connections; /* as they were written; NULL: not given */
    struct arguments_list limits;
};

/* Their rows in a table of options; `line` is a struct override_line. */
#define OVERRIDE_OPTIONS(line)                                                                                         \
    {"from", OPTION_TEXT, &(line).from, "N", "the first load of the ladder, instead of the scenario's"},               \
        {"steps", OPTION_TEXT, &(line).steps, "N", "loads of the ladder, each twice the last"},                        \
        {"warmup", OPTION_TEXT, &(line).warmup, "TIME", "of each step, before it is measured"},                        \
        {"measure", OPTION_TEXT, &(line).measure, "TIME", "of each step"},                                             \
        {"deadline", OPTION_TEXT, &(line).deadline, "TIME", "a later response is a failure"},                          \
        {"connections", OPTION_TEXT, &(line).connections, "N", "the most that are opened"},                            \
    {                                                                                                                  \
        "limit", OPTION_TEXTS, &(line).limits, "LIMIT", "such as p99=100ms, errors=1%, memory=none; may be repeated"   \
    }

/* Adds what the line says. ERROR_INPUT for a limit without a value. */
int override_line_read(const struct override_line *line, struct overrides *overrides, struct error *err);

#endif
