/* overrides: keys of a scenario that the command line sets in place of the file. They are set in the scenario's JSON,
 * which is then read as any other: what a file may not say, no override may say, and the run log keeps the scenario as
 * it was run. */
#ifndef TWOFOLD_PLAN_SCENARIO_OVERRIDES_H
#define TWOFOLD_PLAN_SCENARIO_OVERRIDES_H

#include "base/error.h"
#include "plan/scenario/scenario.h"

#include <stddef.h>

/* `= {0}` is none. */
struct overrides {
    struct override {
        char *key;    /* as in the scenario, "double.from"; what lies deeper is behind a dot */
        char *value;  /* as it was written: "100", "2s" */
        char *option; /* what the command line calls it, for messages: "--from 100" */
    } * items;
    size_t count;
};

/* Adds one. `name` is that of the option. */
void overrides_add(struct overrides *overrides, const char *key, const char *name, const char *value);

/* Adds a limit, "p99=100ms" or "memory=none". ERROR_INPUT without a "=". */
int overrides_add_limit(struct overrides *overrides, const char *assignment, struct error *err);

/* Adds those of scenario.overridden, as a run log keeps it. NULL has none. ERROR_INPUT for what no run log has. */
int overrides_add_text(struct overrides *overrides, const char *text, struct error *err);

/* Reads a scenario file as scenario_read does, and then with the overrides: ERROR_INPUT for what they say wrong names
 * the options. What is as the file has it is no override. */
int overrides_read(const struct overrides *overrides, const char *file, struct scenario *ret_scenario,
                   struct error *err);

/* The same for a text that names no files, under a name for messages. */
int overrides_parse(const struct overrides *overrides, const char *name, const char *text,
                    struct scenario *ret_scenario, struct error *err);

void overrides_release(struct overrides *overrides);

#endif
