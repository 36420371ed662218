/* resume: a run that was cut short, by its user, a crash or a kill, and is now continued. Finished trials are kept. A
 * trial that was under way is run again from the start with a fresh process, and the run log says so. */
#ifndef TWOFOLD_BENCH_RESUME_H
#define TWOFOLD_BENCH_RESUME_H

#include "base/error.h"
#include "base/lines/line_file.h"
#include "record/run_log.h"

#include <stdbool.h>

struct resume {
    struct run_writer *writer; /* of the file, which it holds locked; NULL once resume_begin has given it away */
    struct run_log log;        /* what the file holds */
    const char *cut_backend;   /* of the trial that was under way; borrowed from the log; NULL: none was */
    unsigned cut_trial;
};

/* Locks and reads the file and checks that it is of the same run as `now`, the record that this run would write: the
 * same scenario, seed, trials, profile, backends, cores, box, machine and version of the harness. ERROR_INPUT names the
 * first key that differs, or says that the run is complete, or that it is still going on. The file stays as it is.
 * Release with resume_release. */
int resume_read(struct resume *resume, const struct line_file_options *file, const struct run_record *now,
                struct error *err);

/* The same where another process has locked the file and writes what is given to `writer`, which is taken; NULL: as
 * above. */
int resume_read_by(struct resume *resume, struct run_writer *writer, const struct line_file_options *file,
                   const struct run_record *now, struct error *err);
void resume_release(struct resume *resume);

/* The record of the backend `name` in the file, borrowed; NULL: it has none yet. */
const struct backend_record *resume_backend(const struct resume *resume, const char *name);

/* Whether the backend has had a step. */
bool resume_measured(const struct resume *resume, const char *name);

/* Whether that trial is over. */
bool resume_finished(const struct resume *resume, const char *backend, unsigned trial);

/* Checks that a backend is what it was when the run began: in language, framework, class, the versions of its tools,
 * its workers, its lines of source, and, where the file has the hash of what it ships, in that and in the environment
 * that its manifest adds. ERROR_INPUT names what differs. */
int resume_check_backend(const struct backend_record *then, const struct backend_record *now, struct error *err);

/* Writes the record that the run is resumed behind the last complete line of the file. The caller closes `*ret_writer`.
 */
int resume_begin(struct resume *resume, const char *harness_version, struct run_writer **ret_writer, struct error *err);

#endif
