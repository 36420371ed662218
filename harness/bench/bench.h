/* bench: one run: every backend made ready, the reference service measured, the trials in their order, everything in
 * one run log. Wires plan, host, load and record together; verdicts are made from the file it leaves. */
#ifndef TWOFOLD_BENCH_BENCH_H
#define TWOFOLD_BENCH_BENCH_H

#include "base/error.h"
#include "bench/progress.h"
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
    const struct manifest *reference; /* for the calibration; NULL: none is made, and the run says so */
    unsigned trials;
    enum profile profile;
    unsigned generator_cores; /* 0: one */
    const char *out;          /* the run log; must not exist, or is the one that is resumed */
    bool resume;              /* go on with the run in `out` (bench/resume.h) */
    const struct progress *progress;
    const atomic_bool *stop;
};

/* Run it all. When stopped, or when the file cannot be written any more, what was measured until then is in the file.
 * *ret_measured is the number of backends that took part in at least one step. */
int bench_run(const struct bench_options *options, size_t *ret_measured, struct error *err);

#endif
