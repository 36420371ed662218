/* warned: what the tests of warnings share: a run that gives none, and the warnings of a run held against those
 * expected. */
#ifndef TWOFOLD_TESTS_SUPPORT_WARNED_H
#define TWOFOLD_TESTS_SUPPORT_WARNED_H

#include "analysis/findings.h"

#include <stddef.h>

/* Fail the test unless the log gives just these warnings; just this one; none. A command of NULL: none may be there. */
void warned_check_all(const struct run_log *log, const struct warning *expected, size_t count);
void warned_check(const struct run_log *log, enum warning_kind kind, char *text, char *command);
void warned_check_silent(const struct run_log *log);

/* Another string on the heap in place of `*string`. */
void warned_replace(char **string, const char *by);

/* A run of one backend with nothing to warn of. */
void warned_quiet_run(struct run_log *log);

#endif
