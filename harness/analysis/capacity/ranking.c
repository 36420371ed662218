#include "analysis/capacity/ranking.h"

#include "analysis/capacity/capacity.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/signed_rank.h"

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

/* The paired interval of what `a` held to what `b` held. False: too few blocks for one that may claim anything. */
static bool find_interval(const struct backend_finding *a, const struct backend_finding *b,
                          struct signed_rank *ret_interval)
{
    double *ratios = mem_new(a->capacity_count, sizeof *ratios);
    struct signed_rank interval = {0};
    bool whole;
    size_t count = ranking_ratios(a, b, ratios, &whole);

    if (count > 0) {
        signed_rank_find(ratios, count, &interval);
    }
    free(ratios);
    *ret_interval = interval;
    return whole && interval.confidence >= SIGNED_RANK_CONFIDENCE;
}

/* Whether no trial of `a` held less than a level that broke `b` in some trial; UINT64_MAX where `b` did not break. */
static bool ranges_apart(const struct backend_finding *a, const struct backend_finding *b)
{
    uint64_t breaks_most = 0;

    for (size_t i = 0; i < b->capacity_count; i++) {
        if (b->capacities[i].breaks_at > breaks_most) {
            breaks_most = b->capacities[i].breaks_at;
        }
    }
    bool once = a->capacity_count < 2 || b->capacity_count < 2;
    return a->holds_least >= breaks_most && (!once || a->holds_least / 2 >= b->holds_most);
}

bool ranking_above(const struct backend_finding *a, const struct backend_finding *b)
{
    struct signed_rank interval;

    if (!capacity_judged(a) || !capacity_judged(b) || !b->breaks || a->holds_at <= b->holds_at) {
        return false;
    }
    if (find_interval(a, b, &interval)) {
        return interval.low > 0;
    }
    return ranges_apart(a, b);
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
