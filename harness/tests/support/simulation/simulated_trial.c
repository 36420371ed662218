#include "simulated_trial.h"

#include "analysis/after/cold_start.h"
#include "analysis/capacity/capacity.h"
#include "analysis/capacity/stalls.h"
#include "analysis/usage/step_usage.h"
#include "base/mem.h"
#include "bench/policy.h"

#include <stdlib.h>

#define CORES      1
#define STEPS_MOST 200

struct trial {
    struct simulated_run *run;
    const struct scenario *scenario;
    struct simulated_service service;
    struct policy policy;
    struct step_record first;
    bool has_first;
    unsigned number;
};

/* Keeps the step: its record moves into the run. */
static void keep(struct trial *trial, const struct policy_step *next, struct step_record *record,
                 const struct step_verdict *verdict)
{
    struct simulated_run *run = trial->run;
    struct step_record *kept = &run->records[run->finding.step_count];
    struct step_finding *finding = &run->finding.steps[run->finding.step_count++];

    record->trial = trial->number;
    record->phase = policy_phase(next->stage);
    record->attempt = next->attempt;
    *kept = *record;
    finding->record = kept;
    finding->verdict = *verdict;
}

static void take_step(struct trial *trial, const struct policy_step *next)
{
    const struct verdict_terms terms = {.limits = &trial->scenario->limits};
    struct step_record record;
    struct step_usage usage;
    struct step_verdict verdict;

    simulated_service_step(&trial->service, &next->planned, &record);
    trial->run->time_ns += next->planned.warmup_ns + next->planned.measure_ns;
    if (next->stage == POLICY_RECOVERY) {
        struct cold_start cold_start;
        cold_start_find(trial->has_first ? &trial->first : NULL, &record, CORES, &cold_start);
        policy_learn_recovery(&trial->policy,
                              &(struct policy_recovery){.cold = cold_start.cold, .died = record.death.died});
        step_record_release(&record);
        return;
    }
    step_usage_find(&record, CORES, &usage);
    verdict_judge(&record, &usage.host, &terms, &verdict);
    policy_learn(&trial->policy, next, &verdict, record.death.died);
    keep(trial, next, &record, &verdict);
    if (!trial->has_first) {
        trial->first = record;
        trial->has_first = true;
    }
}

void simulated_run_make(struct simulated_run *run, const struct scenario *scenario, enum profile profile,
                        unsigned trials, const struct service_model *model, uint64_t seed)
{
    struct plan plan;

    *run = (struct simulated_run){.records = mem_new(trials, STEPS_MOST * sizeof *run->records)};
    run->finding.steps = mem_new(trials, STEPS_MOST * sizeof *run->finding.steps);
    plan_make(&plan, scenario, &(struct plan_options){1, trials, profile});
    for (unsigned number = 0; number < trials; number++) {
        struct trial trial = {.run = run, .scenario = scenario, .number = number};
        struct policy_step next;
        simulated_service_start(&trial.service, model, seed * 1000 + number);
        policy_init(&trial.policy, &plan, scenario, number);
        while (policy_next(&trial.policy, &next)) {
            take_step(&trial, &next);
        }
        policy_release(&trial.policy);
    }
    plan_release(&plan);
    capacity_find(&run->finding);
    stalls_find(&run->finding, &(struct stall_terms){.limits = &scenario->limits, .service_core_count = CORES});
}

void simulated_run_release(struct simulated_run *run)
{
    for (size_t i = 0; i < run->finding.step_count; i++) {
        step_record_release(&run->records[i]);
    }
    capacity_release(&run->finding);
    free(run->finding.stalls);
    free(run->finding.steps);
    free(run->records);
    *run = (struct simulated_run){0};
}
