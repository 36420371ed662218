/* simulated_trial: the trials of a run by a simulated service: the bench's own policy (bench/policy.h) asks for steps,
 * the simulated service answers them, and the analysis' own verdicts and capacities follow. Nothing of it is made again
 * for tests but the network. */
#ifndef TWOFOLD_TESTS_SUPPORT_SIMULATED_TRIAL_H
#define TWOFOLD_TESTS_SUPPORT_SIMULATED_TRIAL_H

#include "analysis/finding.h"
#include "plan/scenario/scenario.h"
#include "simulated_service.h"

#include <stddef.h>
#include <stdint.h>

struct simulated_run {
    struct backend_finding finding; /* steps, capacities, limits and stalls */
    struct step_record *records;    /* of the steps, without their load but for what stalls need */
    size_t record_room;
    uint64_t time_ns; /* that the steps would have taken */
};

/* `trials` trials of a fresh process each. Release with simulated_run_release. */
void simulated_run_make(struct simulated_run *run, const struct scenario *scenario, enum profile profile,
                        unsigned trials, const struct service_model *model, uint64_t seed);
void simulated_run_release(struct simulated_run *run);

#endif
