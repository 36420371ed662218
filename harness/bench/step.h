/* step: one planned step run against one instance: load from the generators, and readings of the host taken on the same
 * clock. */
#ifndef TWOFOLD_BENCH_STEP_H
#define TWOFOLD_BENCH_STEP_H

#include "base/error.h"
#include "bench/crew/crew.h"
#include "bench/run.h"
#include "bench/service/instance.h"
#include "plan/step.h"
#include "record/run_log.h"

struct step_run {
    const struct run *run; /* its dependencies, progress and stop are used; dependencies may be NULL */
    struct instance *instance;
    struct crew *crew;
    const struct planned_step *planned;
    const char *backend;
    unsigned trial;
    unsigned attempt; /* how often this trial ran this step before */
    enum step_phase phase;
    uint64_t left_ns; /* of the whole run, at most, when this step begins: for progress */
};

/* Runs the step. The caller releases `ret_record`. What goes wrong with a dependency stands in the record. A service
 * that dies, hangs or answers wrongly is data, not an error: this fails only with ERROR_STOPPED, and
 * where a generator of a fleet is lost. */
int step_run(const struct step_run *step, struct step_record *ret_record, struct error *err);

#endif
