/* target_line: the services that run already, as the command line names them, and the scenario for which no file was
 * named: a GET of their URL. */
#ifndef TWOFOLD_CLI_RUN_TARGET_LINE_H
#define TWOFOLD_CLI_RUN_TARGET_LINE_H

#include "arguments.h"

#include "base/error.h"
#include "load/transport/protocol.h"
#include "plan/manifest/manifest.h"
#include "plan/scenario/overrides.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

struct target_line {
    struct arguments_list urls; /* "URL" or "NAME=URL" */
    struct protocol protocol;
    bool allow_remote;
};

/* Those of a run, a list (base/list.h). */
struct service_list {
    struct manifest *items;
    size_t count;
};

/* Whether a word of the command line is a URL, and so no scenario. */
bool target_line_is_url(const char *word);

/* Reads and resolves the targets, and appends them to the services, of which no two may have one name. What was
 * appended before a failure stays there. */
int target_line_read(const struct target_line *line, struct service_list *services, struct error *err);

/* The scenario of targets for which none was named: GETs of their path, from 50/s on, in at most 14 doublings, with the
 * overrides. ERROR_INPUT where their paths differ. */
int target_line_scenario(const struct service_list *services, const struct overrides *overrides,
                         struct scenario *ret_scenario, struct error *err);

/* The same of one URL, "NAME=URL" as well, whose host is not looked for. */
int target_line_plan(const char *url, const struct overrides *overrides, struct scenario *ret_scenario,
                     struct error *err);

/* Whether the scenario of that run was made so. */
bool target_line_made(const struct run_record *run);

/* For a scenario that was named: its requests have paths of their own, so the URLs must have none; and it must not need
 * what nobody gives where all services run already. */
int target_line_check(const struct service_list *services, const struct scenario *scenario, struct error *err);

/* One line on standard error for each target that is on another machine: where load will go, and how much at most. */
void target_line_tell_remote(const struct service_list *services, const struct scenario *scenario);

#endif
