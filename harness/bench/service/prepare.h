/* prepare: a backend made ready for its trials: its toolchain looked for, built, held to the contract, its cost of
 * ownership read. What stands in the way of one backend is a reason, not an error: the run goes on without it. */
#ifndef TWOFOLD_BENCH_SERVICE_PREPARE_H
#define TWOFOLD_BENCH_SERVICE_PREPARE_H

#include "base/core_set.h"
#include "base/error.h"
#include "bench/dependency/dependencies.h"
#include "bench/progress.h"
#include "plan/manifest/manifest.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stdatomic.h>

struct prepare_options {
    const struct manifest *manifest;
    const struct scenario *scenario; /* whose requests it must serve */
    const struct core_set *cores;    /* that the service may use */
    uint64_t seed;
    struct dependencies *dependencies; /* for the contract's checks; may hold none */
    const struct progress *progress;
    const atomic_bool *stop;
};

/* Fill `ret_record` (the caller releases it) as far as it can be known before a trial; `skipped` in it is the reason
 * why the backend takes no part. Fails only with ERROR_STOPPED. */
int prepare_backend(const struct prepare_options *options, struct backend_record *ret_record, struct error *err);

/* The first half alone: the toolchain looked for, the build run; record->skipped says what stood in the way. */
int prepare_build(const struct prepare_options *options, struct backend_record *record, struct error *err);

#endif
