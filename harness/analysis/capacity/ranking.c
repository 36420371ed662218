#include "analysis/capacity/ranking.h"

#include "analysis/capacity/capacity.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/holm.h"

#include <math.h>
#include <stdlib.h>

/* --- two services ------------------------------------------------------------------------------------------------- */

/* Whether a ratio of what the two held says which holds more. */
static bool gives_ratio(const struct trial_capacity *a, const struct trial_capacity *b)
{
    if (a->last_good == NULL || b->last_good == NULL) {
        return false;
    }
    if (a->holds_at == b->holds_at) {
        return true;
    }
    const struct trial_capacity *lower = a->holds_at < b->holds_at ? a : b;
    return lower->lowest_break != NULL;
}

size_t ranking_ratios(const struct backend_finding *a, const struct backend_finding *b, double *ret_ratios,
                      bool *ret_whole)
{
    size_t count = 0;
    bool whole = true;

    for (size_t i = 0; i < a->capacity_count; i++) {
        const struct trial_capacity *mine = &a->capacities[i], *other = capacity_in(b, mine->trial);
        if (other == NULL) {
            continue;
        }
        if (gives_ratio(mine, other)) {
            ret_ratios[count++] = log((double)mine->holds_at / (double)other->holds_at);
        } else {
            whole = false;
        }
    }
    *ret_whole = whole;
    return count;
}

/* The standard deviation of a figure that can lie anywhere in a width is the width / sqrt(12); a capacity lies anywhere
 * between the level that held and the one that broke. */
static double grain_of(const struct trial_capacity *trial)
{
    if (trial->last_good == NULL || trial->lowest_break == NULL) {
        return 0;
    }
    return log((double)trial->breaks_at / (double)trial->holds_at) / sqrt(12);
}

double ranking_grain(const struct backend_finding *a, const struct backend_finding *b)
{
    double squares = 0;
    size_t count = 0;

    for (size_t i = 0; i < a->capacity_count; i++) {
        const struct trial_capacity *other = capacity_in(b, a->capacities[i].trial);
        if (other != NULL && gives_ratio(&a->capacities[i], other)) {
            squares += pow(grain_of(&a->capacities[i]), 2) + pow(grain_of(other), 2);
            count++;
        }
    }
    return count > 0 ? sqrt(squares / (double)count) : 0;
}

/* Whether a doubling lies between the lowest that `a` held in any trial and the highest that broke `b`; UINT64_MAX
 * where `b` did not break. */
static bool doubling_apart(const struct backend_finding *a, const struct backend_finding *b)
{
    uint64_t breaks_most = 0;

    for (size_t i = 0; i < b->capacity_count; i++) {
        if (b->capacities[i].breaks_at > breaks_most) {
            breaks_most = b->capacities[i].breaks_at;
        }
    }
    return a->holds_least / 2 >= breaks_most;
}

/* The test of the capacities of the two, as it was made; NULL: there is none. */
static const struct pair *pair_of(const struct findings *findings, const struct backend_finding *a,
                                  const struct backend_finding *b)
{
    for (size_t i = 0; i < findings->pair_count; i++) {
        const struct pair *pair = &findings->pairs[i];
        bool both = (pair->first == a && pair->second == b) || (pair->first == b && pair->second == a);
        if (both && pair->figure == PAIR_CAPACITY) {
            return pair;
        }
    }
    return NULL;
}

static bool test_shows(const struct findings *findings, const struct backend_finding *a,
                       const struct backend_finding *b)
{
    const struct pair *pair = pair_of(findings, a, b);

    if (pair == NULL || !pair->whole || pair->p_adjusted > HOLM_ERROR) {
        return false;
    }
    return pair->first == a ? pair->test.estimate > 0 : pair->test.estimate < 0;
}

static bool is_above(const struct findings *findings, const struct backend_finding *a, const struct backend_finding *b)
{
    if (!capacity_judged(a) || !capacity_judged(b) || !b->breaks || a->holds_at <= b->holds_at) {
        return false;
    }
    return test_shows(findings, a, b) || doubling_apart(a, b);
}

void ranking_decide(struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        struct backend_finding *backend = &findings->backends[i];
        for (size_t k = 0; k < findings->backend_count; k++) {
            if (is_above(findings, backend, &findings->backends[k])) {
                *list_add(backend->below, backend->below_count) = &findings->backends[k];
            }
        }
    }
}

bool ranking_above(const struct backend_finding *a, const struct backend_finding *b)
{
    for (size_t i = 0; a != NULL && i < a->below_count; i++) {
        if (a->below[i] == b) {
            return true;
        }
    }
    return false;
}

bool ranking_alike(const struct backend_finding *a, const struct backend_finding *b)
{
    return capacity_judged(a) && capacity_judged(b) && !ranking_above(a, b) && !ranking_above(b, a);
}

/* --- groups ------------------------------------------------------------------------------------------------------- */

void ranking_group_add(struct ranking_group *group, const struct backend_finding *backend)
{
    *list_add(group->members, group->count) = backend;
}

bool ranking_group_has(const struct ranking_group *group, const struct backend_finding *backend)
{
    for (size_t i = 0; i < group->count; i++) {
        if (group->members[i] == backend) {
            return true;
        }
    }
    return false;
}

void ranking_group_release(struct ranking_group *group)
{
    free(group->members);
    *group = (struct ranking_group){0};
}

/* --- the run ------------------------------------------------------------------------------------------------------ */

static bool is_above_any(const struct backend_finding *backend, const struct ranking_group *judged)
{
    for (size_t i = 0; i < judged->count; i++) {
        if (ranking_above(backend, judged->members[i])) {
            return true;
        }
    }
    return false;
}

static bool is_below_any(const struct backend_finding *backend, const struct ranking_group *judged)
{
    for (size_t i = 0; i < judged->count; i++) {
        if (ranking_above(judged->members[i], backend)) {
            return true;
        }
    }
    return false;
}

bool ranking_alone(const struct ranking *ranking, const struct backend_finding *backend)
{
    return !is_above_any(backend, &ranking->judged) && !is_below_any(backend, &ranking->judged);
}

static void find_judged(const struct findings *findings, struct ranking *ranking)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (capacity_judged(&findings->backends[i])) {
            ranking_group_add(&ranking->judged, &findings->backends[i]);
        }
    }
}

/* Whether the level lies between what it holds and its break, of which it has none or one that lies further off than a
 * doubling, since the steps between are invalid or missing. */
static bool leaves_open(const struct findings *findings, const struct backend_finding *backend, uint64_t level)
{
    uint64_t least = backend->holds ? backend->holds_at : findings->scenario.from / 2;
    uint64_t most = backend->breaks ? backend->breaks_at : UINT64_MAX;
    return least < level && level < most && most / 2 > least;
}

static void find_first(const struct findings *findings, struct ranking *ranking)
{
    const struct ranking_group *judged = &ranking->judged;
    struct ranking_group lowest = {0};
    bool apart = false;

    for (size_t i = 0; i < judged->count; i++) {
        apart = apart || is_above_any(judged->members[i], judged);
    }
    ranking->lowest_break = UINT64_MAX;
    for (size_t i = 0; i < judged->count; i++) {
        const struct backend_finding *backend = judged->members[i];
        bool is_lowest = !is_above_any(backend, judged) && (!apart || is_below_any(backend, judged));
        if (is_lowest && backend->breaks) {
            ranking_group_add(&lowest, backend);
            if (backend->breaks_at < ranking->lowest_break) {
                ranking->lowest_break = backend->breaks_at;
            }
        }
    }
    for (size_t i = 0; i < lowest.count; i++) {
        if (!leaves_open(findings, lowest.members[i], ranking->lowest_break)) {
            ranking_group_add(&ranking->first, lowest.members[i]);
        }
    }
    ranking_group_release(&lowest);
}

static void find_longest(const struct findings *findings, struct ranking *ranking)
{
    const struct ranking_group *judged = &ranking->judged;
    struct ranking_group highest = {0};
    uint64_t holds_most = 0;

    for (size_t i = 0; i < judged->count; i++) {
        const struct backend_finding *backend = judged->members[i];
        if (is_above_any(backend, judged) && !is_below_any(backend, judged)) {
            ranking_group_add(&highest, backend);
            if (backend->holds_at > holds_most) {
                holds_most = backend->holds_at;
            }
        }
    }
    for (size_t i = 0; i < highest.count; i++) {
        if (!leaves_open(findings, highest.members[i], holds_most)) {
            ranking_group_add(&ranking->longest, highest.members[i]);
        }
    }
    ranking_group_release(&highest);
}

static void find_open_low(struct ranking *ranking)
{
    uint64_t level = ranking->lowest_break;

    for (size_t i = 0; i < ranking->judged.count && ranking->first.count > 0; i++) {
        const struct backend_finding *backend = ranking->judged.members[i];
        bool holds = backend->holds && backend->holds_at >= level;
        bool breaks = backend->breaks && backend->breaks_at <= level;
        if (!holds && !breaks && !is_above_any(backend, &ranking->first) &&
            !ranking_group_has(&ranking->first, backend)) {
            ranking_group_add(&ranking->open_low, backend);
        }
    }
}

static bool leads(const struct findings *findings, const struct backend_finding *backend)
{
    size_t others = 0;

    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *other = &findings->backends[i];
        if (other == backend || other->record->skipped != NULL || other->step_count == 0) {
            continue;
        }
        others++;
        if (!ranking_above(backend, other)) {
            return false;
        }
    }
    return others > 0;
}

void ranking_find(const struct findings *findings, struct ranking *ret_ranking)
{
    struct ranking ranking = {0};

    find_judged(findings, &ranking);
    find_first(findings, &ranking);
    find_longest(findings, &ranking);
    find_open_low(&ranking);
    for (size_t i = 0; i < ranking.judged.count; i++) {
        if (leads(findings, ranking.judged.members[i])) {
            ranking.leader = ranking.judged.members[i];
        }
    }
    *ret_ranking = ranking;
}

void ranking_release(struct ranking *ranking)
{
    ranking_group_release(&ranking->judged);
    ranking_group_release(&ranking->first);
    ranking_group_release(&ranking->longest);
    ranking_group_release(&ranking->open_low);
}
