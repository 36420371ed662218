#include "analysis/capacity/pairs.h"

#include "analysis/capacity/capacity.h"
#include "base/list.h"
#include "base/mem.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

const char *pair_figure_name(enum pair_figure figure)
{
    static const char *const names[PAIR_FIGURES] = {
        [PAIR_CAPACITY] = "capacity", [PAIR_CPU] = "cpu", [PAIR_P99] = "p99"};
    assert(figure < PAIR_FIGURES);
    return names[figure];
}

static double figure_at(const struct step_finding *steps, size_t count, uint64_t level, enum pair_figure figure)
{
    double found = 0;

    for (size_t i = 0; i < count; i++) {
        const struct step_finding *step = &steps[i];
        if (step->record->level == level && step->verdict.verdict == VERDICT_PASS) {
            double p99 = step->p99_ns != NO_TIME ? (double)step->p99_ns : 0;
            found = figure == PAIR_CPU ? (double)step->cpu_ns_per_request : p99;
        }
    }
    return found;
}

/* 0 where the trial does not tell. */
static double figure_of(const struct findings *findings, const struct backend_finding *backend, unsigned trial,
                        enum pair_figure figure)
{
    for (size_t from = 0, to; from < backend->step_count; from = to) {
        to = capacity_trial_end(backend, from);
        if (backend->steps[from].record->trial != trial) {
            continue;
        }
        if (figure == PAIR_CAPACITY) {
            struct trial_capacity climb = capacity_of_trial(backend->steps + from, to - from);
            return climb.last_good != NULL ? (double)climb.last_good->record->level : 0;
        }
        return figure_at(backend->steps + from, to - from, findings->common_level, figure);
    }
    return 0;
}

/* False where no block has both. */
static bool compare(const struct findings *findings, struct pairs *pairs)
{
    unsigned trials = findings->log->run.trials;
    double *ratios = mem_new(trials, sizeof *ratios);
    size_t count = 0;

    for (unsigned trial = 0; trial < trials; trial++) {
        double first = figure_of(findings, pairs->first, trial, pairs->figure);
        double second = figure_of(findings, pairs->second, trial, pairs->figure);
        if (first > 0 && second > 0) {
            ratios[count++] = log(first / second);
        }
    }
    if (count > 0) {
        signed_rank_find(ratios, count, &pairs->signed_rank);
    }
    free(ratios);
    return count > 0;
}

struct pairs *pairs_find(const struct findings *findings, size_t *ret_count)
{
    struct pairs *all = NULL;
    size_t count = 0;

    for (int figure = 0; figure < PAIR_FIGURES; figure++) {
        for (size_t i = 0; i < findings->backend_count; i++) {
            for (size_t k = i + 1; k < findings->backend_count; k++) {
                struct pairs pairs = {.first = &findings->backends[i],
                                      .second = &findings->backends[k],
                                      .figure = (enum pair_figure)figure};
                if (compare(findings, &pairs)) {
                    *list_add(all, count) = pairs;
                }
            }
        }
    }
    *ret_count = count;
    return all;
}
