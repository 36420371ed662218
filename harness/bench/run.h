/* run: what is the same for every trial, climb and step of a run. bench fills it once and hands it down by pointer;
 * nobody below changes it. A caller that uses only a part of the bench leaves NULL what that part does not need. */
#ifndef TWOFOLD_BENCH_RUN_H
#define TWOFOLD_BENCH_RUN_H

#include "bench/cores.h"
#include "bench/crew/muster.h"
#include "bench/dependency/dependencies.h"
#include "bench/progress.h"
#include "plan/plan.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stdatomic.h>
#include <stdbool.h>

struct run {
    const struct scenario *scenario;
    const struct plan *plan;
    bool shared; /* it is made to be shown to others: what costs time to find out is found out (--share) */
    struct cores *cores;
    struct dependencies *dependencies; /* may hold none */
    struct muster *muster;             /* of a fleet; NULL: there is none */
    struct run_writer *writer;
    const char *host; /* the address that services are started on, in numbers; NULL: INSTANCE_HOST */
    const struct progress *progress;
    bool profile_break;      /* as in struct bench_options */
    const atomic_bool *stop; /* becomes true when the user has asked to stop */
};

#endif
