/* run_example: a run log in which every field has another value, to be written, read and compared. */
#ifndef TWOFOLD_TESTS_SUPPORT_RUN_EXAMPLE_H
#define TWOFOLD_TESTS_SUPPORT_RUN_EXAMPLE_H

#include "record/run_log.h"

/* Makes a log with two backends that ran and one that was skipped, three steps with and without samples, one of them
 * with a death and one without a request, and an end. The caller releases it with run_log_release. */
void run_example_make(struct run_log *log);

/* Writes it to `file`, which must not exist, or fails the test. */
void run_example_write(const struct run_log *log, const char *file);

/* Fails the test at the first field that differs. */
void run_example_check_same(const struct run_log *log, const struct run_log *expected);

/* Makes an empty folder and returns its path; the second removes the named files in it and the folder, and frees the
 * path. */
char *run_example_folder(void);
void run_example_remove(char *folder, const char *const *files);

#endif
