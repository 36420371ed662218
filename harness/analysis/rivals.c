#include "analysis/rivals.h"

#include "analysis/findings.h"
#include "analysis/ladder.h"
#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

const char *rival_figure_name(enum rival_figure figure)
{
    static const char *const names[RIVAL_COUNT] = {
        [RIVAL_CAPACITY] = "capacity", [RIVAL_CPU] = "cpu", [RIVAL_P99] = "p99"};
    assert(figure < RIVAL_COUNT);
    return names[figure];
}

static double figure_at(const struct step_finding *steps, size_t count, uint64_t level, enum rival_figure figure)
{
    double found = 0;

    for (size_t i = 0; i < count; i++) {
        const struct step_finding *step = &steps[i];
        if (step->record->level == level && step->verdict.verdict == VERDICT_PASS) {
            double p99 = step->p99_ns != NO_TIME ? (double)step->p99_ns : 0;
            found = figure == RIVAL_CPU ? (double)step->cpu_ns_per_request : p99;
        }
    }
    return found;
}

/* 0 where the trial does not tell. */
static double figure_of(const struct findings *findings, const struct backend_finding *backend, unsigned trial,
                        enum rival_figure figure)
{
    for (size_t from = 0, to; from < backend->step_count; from = to) {
        to = ladder_trial_end(backend, from);
        if (backend->steps[from].record->trial != trial) {
            continue;
        }
        if (figure == RIVAL_CAPACITY) {
            struct climb climb = ladder_climb(backend->steps + from, to - from);
            return climb.last_good != NULL ? (double)climb.last_good->record->level : 0;
        }
        return figure_at(backend->steps + from, to - from, findings->common_level, figure);
    }
    return 0;
}

/* False where no block has both. */
static bool compare(const struct findings *findings, struct rivals *rivals)
{
    unsigned trials = findings->log->run.trials;
    double *ratios = mem_new(trials, sizeof *ratios);
    size_t count = 0;

    for (unsigned trial = 0; trial < trials; trial++) {
        double first = figure_of(findings, rivals->first, trial, rivals->figure);
        double second = figure_of(findings, rivals->second, trial, rivals->figure);
        if (first > 0 && second > 0) {
            ratios[count++] = log(first / second);
        }
    }
    if (count > 0) {
        paired_find(ratios, count, &rivals->paired);
    }
    free(ratios);
    return count > 0;
}

struct rivals *rivals_find(const struct findings *findings, size_t *ret_count)
{
    void *all = NULL;
    size_t count = 0;

    for (int figure = 0; figure < RIVAL_COUNT; figure++) {
        for (size_t i = 0; i < findings->backend_count; i++) {
            for (size_t k = i + 1; k < findings->backend_count; k++) {
                struct rivals rivals = {.first = &findings->backends[i],
                                        .second = &findings->backends[k],
                                        .figure = (enum rival_figure)figure};
                if (compare(findings, &rivals)) {
                    *(struct rivals *)mem_append(&all, count++, sizeof rivals) = rivals;
                }
            }
        }
    }
    *ret_count = count;
    return all;
}
