#include "bench/blocks.h"

#include "analysis/usage/step_usage.h"
#include "base/list.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uint64_t lowest_break(const struct policy_run *runs, size_t count)
{
    uint64_t lowest = UINT64_MAX;

    for (size_t i = 0; i < count; i++) {
        if (runs[i].verdict.verdict == VERDICT_BREAK && runs[i].level < lowest) {
            lowest = runs[i].level;
        }
    }
    return lowest;
}

static bool is_known(const struct policy_run *runs, size_t count, uint64_t level)
{
    for (size_t i = 0; i < count; i++) {
        if (runs[i].level == level && runs[i].verdict.verdict != VERDICT_INVALID) {
            return true;
        }
    }
    return false;
}

bool blocks_trial_has_gap(const struct policy_run *runs, size_t count)
{
    uint64_t lowest = lowest_break(runs, count);

    for (size_t i = 0; i < count; i++) {
        if (runs[i].level < lowest && !is_known(runs, count, runs[i].level)) {
            return true;
        }
    }
    return false;
}

static struct policy_run judged(const struct step_record *step, const struct blocks_terms *terms)
{
    struct policy_run run = {.level = step->level};
    struct step_usage usage;

    step_usage_find(step, terms->service_cores, &usage);
    verdict_judge(step, &usage.host, &terms->verdict, &run.verdict);
    return run;
}

static bool has_gap(const struct run_log *log, const char *backend, unsigned trial, const struct blocks_terms *terms)
{
    struct policy_run *runs = NULL;
    size_t count = 0;

    for (size_t i = 0; i < log->step_count; i++) {
        const struct step_record *step = &log->steps[i];
        if (step->trial == trial && strcmp(step->backend, backend) == 0) {
            struct policy_run run = judged(step, terms);
            *list_add(runs, count) = run;
        }
    }
    bool gap = blocks_trial_has_gap(runs, count);
    free(runs);
    return gap;
}

bool blocks_trial_was_whole(const struct run_log *log, const char *backend, unsigned trial,
                            const struct blocks_terms *terms)
{
    for (size_t i = 0; i < log->trial_count; i++) {
        const struct trial_record *record = &log->trials[i];
        if (record->trial == trial && strcmp(record->backend, backend) == 0) {
            return record->failed == NULL && record->ended_early == NULL && !has_gap(log, backend, trial, terms);
        }
    }
    return false;
}

void blocks_init(struct blocks *blocks, const struct plan *plan)
{
    *blocks = (struct blocks){.wanted = plan->trial_count, .most = plan->trial_count + plan->spare_count};
}

bool blocks_next(const struct blocks *blocks)
{
    bool planned = blocks->run < blocks->wanted, spare = blocks->run < blocks->most;

    return planned || (spare && blocks->whole < blocks->wanted);
}

void blocks_ran(struct blocks *blocks, bool whole)
{
    blocks->run++;
    blocks->whole += whole;
}
