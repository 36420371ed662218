/* trial: one climb of the ladder by one backend, in a fresh process and with tables made anew. */
#ifndef TWOFOLD_BENCH_TRIAL_H
#define TWOFOLD_BENCH_TRIAL_H

#include "base/error.h"
#include "bench/run.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct trial {
    const struct run *run;
    const struct manifest *manifest;
    struct backend_record *record; /* completed and written in the first trial that starts */
    bool recorded;                 /* set once a record of the backend was written */
    unsigned number;
    uint64_t rest_ns; /* of the run after this trial, at most */
    bool measured;    /* result: it has steps */
    bool whole;       /* result: it says something at every load that matters (bench/blocks.h) */
};

/* Runs it (bench/climb.h) and writes the record that it is over. A trial that ends before its first step does not end
 * the run, nor its backend's other trials: the record says why, and whether that was the service (it did not start) or
 * the harness (tables, generator, counts of the dependencies). Nor does one that ends early, because the service does
 * not start again after a dependency was restored. Fails when stopped, when the run log cannot be written, and when a
 * dependency cannot be made to work. */
int trial_run(struct trial *trial, struct error *err);

#endif
