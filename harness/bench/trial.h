/* trial: one climb of the ladder by one backend, in a fresh process. */
#ifndef TWOFOLD_BENCH_TRIAL_H
#define TWOFOLD_BENCH_TRIAL_H

#include "bench/cores.h"
#include "bench/dependency/dependencies.h"
#include "bench/progress.h"
#include "plan/manifest/manifest.h"
#include "plan/plan.h"
#include "record/run_log.h"

#include <stdatomic.h>
#include <stdbool.h>

struct audit;

struct trial {
    const struct manifest *manifest;
    const struct scenario *scenario;
    const struct plan *plan;
    struct cores *cores;
    struct dependencies *dependencies; /* of the run; may hold none */
    struct audit *audit;               /* of this trial, while it runs */
    struct run_writer *writer;
    struct backend_record *record; /* completed and written before the first step, when not `recorded` */
    bool recorded;
    unsigned number;
    uint64_t rest_ns; /* of the run after this trial, at most */
    uint64_t left_ns; /* the same with what is left of this trial */
    const struct progress *progress;
    const atomic_bool *stop;
};

/* All of it (bench/climb.h), and the record that it is over. A service that cannot be started is said and, when this was its first trial, recorded as skipped: the run goes
 * on. Fails when stopped, or when the run log cannot be written. */
int trial_run(struct trial *trial, struct error *err);

#endif
