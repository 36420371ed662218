/* bench_line: the command line of `twofold bench`, read and checked. */
#ifndef TWOFOLD_CLI_RUN_BENCH_LINE_H
#define TWOFOLD_CLI_RUN_BENCH_LINE_H

#include "arguments.h"
#include "command.h"
#include "profile_line.h"
#include "run/override_line.h"
#include "run/target_line.h"

#include "base/error.h"
#include "plan/box.h"
#include "plan/profile.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct bench_line {
    struct profile_line length;
    enum profile profile; /* and `trials`: what `length` comes to */
    unsigned trials;
    uint64_t cores;
    const char *out, *junit, *resume, *box, *several_boxes;
    char **backends;       /* the words that name them (backends/named_backends.h); NULL: all */
    struct box_list boxes; /* what `box` or `several_boxes` says */
    struct target_line targets;
    struct arguments_list watches; /* "NAME=WHAT" */
    struct arguments_list fail_if; /* conditions on the run */
    bool allow_remote, serve, profile_break;
    const char *service_on;          /* where in a fleet services are started; NULL: nothing was said */
    bool share;                      /* the run is made to be shown to others */
    bool named;                      /* the services to be measured were named */
    struct arguments_list scenarios; /* as named; else that of the resumed run, or the usual one. None: a GET of the URL
                                      * of the targets */
    struct override_line changes;
    struct overrides overrides; /* what `changes` comes to */
    struct run_log begun;       /* the outline of the run that `resume` names; the members above may borrow from it */
};

/* Reads the line. What a resumed run does not get from it, it takes from the run log: the bench refuses by name what
 * the line says otherwise. Returns 0 when the command is to be run; 1 when help was printed instead; -1 on an error.
 * Release with bench_line_release in any case. */
int bench_line_read(struct bench_line *line, const struct command_line *command, struct error *err);
void bench_line_release(struct bench_line *line);

#endif
