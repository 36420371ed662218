/* shared_runs: the runs of harness/tests/runs, whose services are real, with what is found in them. */
#ifndef TWOFOLD_TESTS_SUPPORT_SHARED_RUNS_H
#define TWOFOLD_TESTS_SUPPORT_SHARED_RUNS_H

#include "analysis/findings.h"
#include "record/run_log.h"

#include <stddef.h>

#define SHARED_RUNS_MOST 64

struct shared_run {
    struct run_log log;
    struct findings findings;
};

/* In the order of the files' names. */
extern struct shared_run shared_runs[SHARED_RUNS_MOST];
extern size_t shared_run_count;

/* Before and after the tests of a program (test.h, struct test_group). */
int shared_runs_read(void **state);
int shared_runs_release(void **state);

#endif
