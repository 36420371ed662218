/* resume: a run that was cut short, by its user, a crash or a kill, taken up again. Finished trials are kept; one that
 * was under way is run again from a fresh process, and the log says so. */
#ifndef TWOFOLD_BENCH_RESUME_H
#define TWOFOLD_BENCH_RESUME_H

#include "base/error.h"
#include "record/run_log.h"

#include <stdbool.h>

struct resume {
    struct run_log log;      /* what the file holds */
    const char *cut_backend; /* of the trial that was under way, in the log; NULL: none was */
    unsigned cut_trial;
};

/* Read `file` and hold it to `now`, what this run would write of itself: same scenario, seed, trials, profile,
 * backends, cores and machine. ERROR_INPUT names the first key that differs, or says that the run is complete. */
int resume_read(struct resume *resume, const char *file, const struct run_record *now, struct error *err);
void resume_release(struct resume *resume);

/* The record of a backend that the file has; NULL: it had no trial yet. */
const struct backend_record *resume_backend(const struct resume *resume, const char *name);

/* Whether that trial is over. */
bool resume_finished(const struct resume *resume, const char *backend, unsigned trial);

/* Open the file behind its last whole line, and write that the run goes on. */
int resume_open(const struct resume *resume, const char *file, const char *harness_version,
                struct run_writer **ret_writer, struct error *err);

#endif
