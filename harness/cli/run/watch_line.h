/* watch_line: how the services that run already are to be watched, as `--watch NAME=WHAT` says. */
#ifndef TWOFOLD_CLI_RUN_WATCH_LINE_H
#define TWOFOLD_CLI_RUN_WATCH_LINE_H

#include "arguments.h"
#include "run/target_line.h"

#include "base/error.h"

/* Adds each text to the watches of the target that it names; where there is one target the name may be left out.
 * ERROR_INPUT for a watch that is none, or a name that no target has. */
int watch_line_read(const struct arguments_list *texts, struct service_list *services, struct error *err);

/* The same with what the targets of a run were watched by. */
int watch_line_take_over(const struct run_log *begun, struct service_list *services, struct error *err);

/* Opens what is to be watched and closes it again, so that what is not there is known before a measurement. */
int watch_line_try(const struct service_list *services, struct error *err);

#endif
