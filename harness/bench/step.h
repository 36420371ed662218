/* step: one planned step run against one instance: load and readings of the host on the same clock. */
#ifndef TWOFOLD_BENCH_STEP_H
#define TWOFOLD_BENCH_STEP_H

#include "bench/dependency/dependencies.h"
#include "bench/progress.h"
#include "bench/service/instance.h"
#include "load/loader.h"
#include "plan/plan.h"
#include "record/run_log.h"

#include <stdatomic.h>

struct step_run {
    struct instance *instance;
    const struct dependencies *dependencies; /* read on the same clock; NULL: none */
    struct loader *loader;
    const struct planned_step *planned;
    const char *backend;
    unsigned trial;
    enum step_phase phase;
    const struct progress *progress;
    uint64_t left_ns; /* of the whole run, at most, when this step begins */
    const atomic_bool *stop;
};

/* Run it; the caller releases the record. Fails only with ERROR_STOPPED: a service that dies, freezes or errs is data.
 */
int step_run(const struct step_run *run, struct step_record *ret_record, struct error *err);

#endif
