/* climb: what a trial does with its running service: the steps that the policy (bench/policy.h) asks for, each of the
 * ladder with its forecast, until the trial is over or the service dies. A service that gives no right response at all
 * in the first step is not measured further. Every step is written before the next one begins. One in which a
 * dependency failed is written, and run again after the dependencies were restored. */
#ifndef TWOFOLD_BENCH_CLIMB_H
#define TWOFOLD_BENCH_CLIMB_H

#include "base/error.h"
#include "bench/dependency/audit.h"
#include "bench/run.h"
#include "bench/service/served.h"

#include <stdbool.h>
#include <stdint.h>

/* Why a trial has no steps, or fewer than it wanted. */
struct trial_failure {
    bool harness_fault; /* as in struct trial_record */
    struct error why;   /* of kind ERROR_NONE: it has them all */
};

struct climb {
    const struct run *run;
    const char *backend;
    unsigned trial;
    struct served *served; /* with its generators; another process after a step in which a dependency failed */
    struct audit *audit;   /* every step is added to it; begun anew with each process */
    uint64_t rest_ns;      /* of the run after this trial, at most */

    /* results */
    bool has_gap;                 /* a load that matters stayed invalid (bench/blocks.h) */
    uint64_t held, broke;         /* as policy_bracket says in the end */
    bool stepped;                 /* at least one step was run */
    struct trial_failure failure; /* after a dependency was restored there was no service to go on with */
};

/* All of it. Fails when stopped, when the run log cannot be written, and when a dependency cannot be made to work, or
 * fails in three runs of one step. A service whose fresh process does not start is no failure: `climb->failure` says
 * why the climb is over. */
int climb_run(struct climb *climb, struct error *err);

#endif
