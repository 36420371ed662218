#include "shared_runs.h"

#include "test.h"

#include <glob.h>

struct shared_run shared_runs[SHARED_RUNS_MOST];
size_t shared_run_count;

int shared_runs_read(void **state)
{
    glob_t files;
    struct error err = {0};

    (void)state;
    if (glob(SOURCE_FOLDER "/harness/tests/runs/*.jsonl*", 0, NULL, &files) != 0) {
        return -1;
    }
    for (size_t i = 0; i < files.gl_pathc && shared_run_count < SHARED_RUNS_MOST; i++, shared_run_count++) {
        struct shared_run *run = &shared_runs[shared_run_count];
        if (run_log_read(&run->log, files.gl_pathv[i], &err) != 0 ||
            findings_make(&run->findings, &run->log, NULL, &err) != 0) {
            print_error("%s\n", err.message);
            return -1;
        }
    }
    globfree(&files);
    return 0;
}

int shared_runs_release(void **state)
{
    (void)state;
    for (size_t i = 0; i < shared_run_count; i++) {
        findings_release(&shared_runs[i].findings);
        run_log_release(&shared_runs[i].log);
    }
    return 0;
}
