/* ending: what is said when a run has ended, in whatever way: its report, where it is, and how it can be gone on with.
 */
#ifndef TWOFOLD_CLI_RUN_ENDING_H
#define TWOFOLD_CLI_RUN_ENDING_H

#include "output.h"

#include "base/error.h"

/* Writes the report of a run that came to its end, as `asked`, what the conditions come to, how it differs from the
 * newest run that is like it (run/like_run.h), and where it is. `ret_validity` as in output_report. */
int ending_whole(const char *file, const struct output_options *asked, struct output_validity *ret_validity,
                 struct error *err);

/* Of a run that was cut short: writes the report of what was measured until then, if anything was, and the commands
 * that go on with it. `scenario` is what the command line called the scenario. `file` can be NULL: nothing is left. */
void ending_cut_short(const char *file, const char *scenario);

#endif
