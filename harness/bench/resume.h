/* resume: a run that was cut short, by its user, a crash or a kill, and is now continued. Finished trials are kept. A
 * trial that was under way is run again from the start with a fresh process, and the run log says so. */
#ifndef TWOFOLD_BENCH_RESUME_H
#define TWOFOLD_BENCH_RESUME_H

#include "base/error.h"
#include "record/run_log.h"

#include <stdbool.h>

struct resume {
    struct run_log log;      /* what the file holds */
    const char *cut_backend; /* of the trial that was under way; borrowed from the log; NULL: none was */
    unsigned cut_trial;
};

/* Reads `file` and checks that it is of the same run as `now`, the record that this run would write: the same scenario,
 * seed, trials, profile, backends, cores and machine. ERROR_INPUT names the first key that differs, or says that the
 * run is complete. Release with resume_release. */
int resume_read(struct resume *resume, const char *file, const struct run_record *now, struct error *err);
void resume_release(struct resume *resume);

/* The record of the backend `name` in the file, borrowed; NULL: it has none yet. */
const struct backend_record *resume_backend(const struct resume *resume, const char *name);

/* Whether that trial is over. */
bool resume_finished(const struct resume *resume, const char *backend, unsigned trial);

/* Opens the file for writing behind its last complete line, and writes the record that the run is resumed. The caller
 * closes `*ret_writer`. */
int resume_open(const struct resume *resume, const char *file, const char *harness_version,
                struct run_writer **ret_writer, struct error *err);

#endif
