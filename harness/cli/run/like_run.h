/* like_run: the newest earlier run that was asked for what this one was: the same scenario, ladder, profile and so on
 * (analysis/comparison/comparability.h). */
#ifndef TWOFOLD_CLI_RUN_LIKE_RUN_H
#define TWOFOLD_CLI_RUN_LIKE_RUN_H

/* Says on standard error, in one line, how the run in `file` differs from it; nothing where results/ holds none. */
void like_run_tell(const char *file);

#endif
