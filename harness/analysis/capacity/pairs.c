#include "analysis/capacity/pairs.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/ranking.h"
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
static double cost_of(const struct trial_capacity *trial, uint64_t common_level, enum pair_figure figure)
{
    const struct step_finding *step = capacity_pass_at(trial, common_level);

    if (step == NULL) {
        return 0;
    }
    if (figure == PAIR_CPU) {
        return (double)step->cpu_ns_per_request;
    }
    return step->p99_ns != NO_TIME ? (double)step->p99_ns : 0;
}

static size_t cost_ratios(const struct pair *pair, uint64_t common_level, double *ratios)
{
    size_t count = 0;

    for (size_t i = 0; i < pair->first->capacity_count; i++) {
        const struct trial_capacity *trial = &pair->first->capacities[i];
        const struct trial_capacity *other = capacity_in(pair->second, trial->trial);
        double a = cost_of(trial, common_level, pair->figure);
        double b = other != NULL ? cost_of(other, common_level, pair->figure) : 0;
        if (a > 0 && b > 0) {
            ratios[count++] = log(a / b);
        }
    }
    return count;
}

/* `whole`: the ranking may use the interval. Where it claims nothing although the interval does, for want of a break or
 * because the medians say otherwise, more trials would be needed. */
static enum difference capacity_difference(const struct pair *pair, bool whole)
{
    if (ranking_above(pair->first, pair->second) || ranking_above(pair->second, pair->first)) {
        return DIFFERENCE_SEEN;
    }
    bool enough = whole && pair->signed_rank.confidence >= SIGNED_RANK_CONFIDENCE;
    return enough && !signed_rank_differs(&pair->signed_rank) ? DIFFERENCE_NOT_SEEN : DIFFERENCE_UNPROVEN;
}

static enum difference cost_difference(const struct pair *pair)
{
    if (pair->signed_rank.confidence < SIGNED_RANK_CONFIDENCE) {
        return DIFFERENCE_UNPROVEN;
    }
    return signed_rank_differs(&pair->signed_rank) ? DIFFERENCE_SEEN : DIFFERENCE_NOT_SEEN;
}

/* False where no block gives a ratio. */
static bool compare(const struct findings *findings, struct pair *pair)
{
    double *ratios = mem_new(pair->first->capacity_count, sizeof *ratios);
    bool whole = true;
    size_t count;

    if (pair->figure == PAIR_CAPACITY) {
        count = ranking_ratios(pair->first, pair->second, ratios, &whole);
    } else {
        count = cost_ratios(pair, findings->common_level, ratios);
    }
    if (count > 0) {
        signed_rank_find(ratios, count, &pair->signed_rank);
        pair->difference = pair->figure == PAIR_CAPACITY ? capacity_difference(pair, whole) : cost_difference(pair);
    }
    free(ratios);
    return count > 0;
}

struct pair *pairs_find(const struct findings *findings, size_t *ret_count)
{
    struct pair *pairs = NULL;
    size_t count = 0;

    for (int figure = 0; figure < PAIR_FIGURES; figure++) {
        for (size_t i = 0; i < findings->backend_count; i++) {
            for (size_t k = i + 1; k < findings->backend_count; k++) {
                struct pair pair = {.first = &findings->backends[i],
                                    .second = &findings->backends[k],
                                    .figure = (enum pair_figure)figure};
                if (compare(findings, &pair)) {
                    *list_add(pairs, count) = pair;
                }
            }
        }
    }
    *ret_count = count;
    return pairs;
}
