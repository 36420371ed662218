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

/* 0 where the trial does not tell. */
static double figure_of(const struct trial_capacity *trial, uint64_t common_level, enum pair_figure figure)
{
    if (figure == PAIR_CAPACITY) {
        return (double)trial->holds_at;
    }
    const struct step_finding *step = capacity_pass_at(trial, common_level);
    if (step == NULL) {
        return 0;
    }
    if (figure == PAIR_CPU) {
        return (double)step->cpu_ns_per_request;
    }
    return step->p99_ns != NO_TIME ? (double)step->p99_ns : 0;
}

/* What the service did in that trial; NULL: it was not judged. */
static const struct trial_capacity *capacity_in(const struct backend_finding *backend, unsigned trial)
{
    for (size_t i = 0; i < backend->capacity_count; i++) {
        if (backend->capacities[i].trial == trial) {
            return &backend->capacities[i];
        }
    }
    return NULL;
}

/* False where no block has both. */
static bool compare(const struct findings *findings, struct pairs *pairs)
{
    const struct backend_finding *first = pairs->first, *second = pairs->second;
    double *ratios = mem_new(first->capacity_count, sizeof *ratios);
    size_t count = 0;

    for (size_t i = 0; i < first->capacity_count; i++) {
        const struct trial_capacity *other = capacity_in(second, first->capacities[i].trial);
        double a = figure_of(&first->capacities[i], findings->common_level, pairs->figure);
        double b = other != NULL ? figure_of(other, findings->common_level, pairs->figure) : 0;
        if (a > 0 && b > 0) {
            ratios[count++] = log(a / b);
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
