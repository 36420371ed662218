/* bench: one run from its beginning to its end: every backend is made ready, the reference service is measured, the
 * trials are run in the plan's order, and everything is written to one run log. Verdicts are computed from that file.
 */
#ifndef TWOFOLD_BENCH_BENCH_H
#define TWOFOLD_BENCH_BENCH_H

#include "base/error.h"
#include "bench/progress.h"
#include "fleet/ranks.h"
#include "plan/box.h"
#include "plan/manifest/manifest.h"
#include "plan/profile.h"
#include "plan/scenario/scenario.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_options {
    const struct scenario *scenario;
    const struct manifest *backends;
    size_t backend_count;
    struct box_list boxes;            /* that each of them runs in; of several, one after another. Empty: in none */
    const struct manifest *reference; /* for the calibration; NULL: there is none, and the run log says so */
    unsigned trials;
    enum profile profile;
    unsigned generator_cores; /* 0: one */
    const char *out;          /* the run log: a new file, or with `resume` the one to go on with */
    bool numbered;            /* the new file may get a number behind its name, if that is taken */
    bool resume;              /* see bench/resume.h */
    bool shared;              /* it is made to be shown to others: also take the times of builds */
    bool allow_remote;        /* the database of DATABASE_URL may be on another machine */
    const char *built;        /* what the program is made of, for the run log; NULL: not said */
    bool profile_break;       /* the last trial's breaking load, and the one before it, are run again under perf */
    const struct progress *progress;
    const atomic_bool *stop;
    struct ranks *ranks;    /* of a fleet, all of which call bench_run with the same options; NULL: there is none */
    const char *service_on; /* where in the fleet services are started (bench/crew/muster.h); NULL: beside rank 0 */
};

/* What is left of a run, however it ended. */
struct bench_outcome {
    size_t measured; /* backends that had a step in it */
    bool silent;     /* rank 0 of the fleet, not this one, has the file and tells of the run */
    bool alone;      /* the ranks of the fleet cannot wait for each other: one is lost, or they were stopped */
    char *file;      /* the run log, on the heap; it may be another file than was asked for (base/lines/line_file.h).
                      * NULL: no trial had begun, and there is none */
};

/* Runs all of it. When it is stopped, or the file can no longer be written, the file keeps what was measured until
 * then. `ret_outcome` is filled in any case. */
int bench_run(const struct bench_options *options, struct bench_outcome *ret_outcome, struct error *err);

#endif
