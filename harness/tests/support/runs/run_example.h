/* run_example: a run log with a value of its own in every field, written and compared. For the tests of record/. */
#ifndef TWOFOLD_TESTS_SUPPORT_RUN_EXAMPLE_H
#define TWOFOLD_TESTS_SUPPORT_RUN_EXAMPLE_H

#include "record/run_log.h"

/* Two backends that ran and one that was skipped; three steps, with samples and without, one of them with a death and
 * one without any request; an end. Release it with run_log_release. */
void run_example_make(struct run_log *log);

/* Write it to `file`, which must not exist; fails the test where that fails. */
void run_example_write(const struct run_log *log, const char *file);

/* Fails the test at the first field that differs. */
void run_example_check_same(const struct run_log *log, const struct run_log *expected);

/* A new empty folder on the heap, and the removal of the files named in it and of itself. */
char *run_example_folder(void);
void run_example_remove(char *folder, const char *const *files);

#endif
