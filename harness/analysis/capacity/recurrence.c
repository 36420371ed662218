#include "analysis/capacity/recurrence.h"

#include "analysis/verdict/breach.h"
#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

/* One bad moment may be long enough to be above what is allowed of a short run. */
#define LEVELS_LEAST 2

/* Whether the runs of the levels together are above what is allowed, and not by chance. */
static bool breaks_together(const struct level *levels, size_t count)
{
    struct share_part *parts = mem_new(count, sizeof *parts);
    struct share_bounds bounds;
    struct share pool;
    unsigned over = 0;

    for (size_t i = 0; i < count; i++) {
        const struct limit_judgement *judgement = &levels[i].judgement;
        parts[i] = (struct share_part){judgement->share, (double)judgement->measured_ns, levels[i].runs};
        over += judgement->over;
    }
    share_pool(parts, count, &pool);
    share_bounds_find(&pool, &bounds);
    free(parts);
    return over >= LEVELS_LEAST && pool.of > 0 && bounds.low > levels[0].judgement.allowed_share;
}

/* The lowest of the levels up to the one that held from which on the limit is broken again and again, and which is
 * itself above the limit; LEVELS_NONE: there is none. */
static size_t find_from(const struct level *levels, const struct level_cut *cut)
{
    if (cut->held == LEVELS_NONE) {
        return LEVELS_NONE;
    }
    for (size_t i = 0; i < cut->held; i++) {
        if (levels[i].over && breaks_together(&levels[i], cut->held + 1 - i)) {
            return i;
        }
    }
    return LEVELS_NONE;
}

static void lower_to(const struct level *levels, size_t count, uint64_t level, struct level_cut *cut)
{
    *cut = (struct level_cut){.held = LEVELS_NONE, .broke = LEVELS_NONE, .contradicted = true};
    for (size_t i = 0; i < count; i++) {
        if (levels[i].level < level && levels[i].state == LIMIT_HOLDS) {
            cut->held = i;
        } else if (levels[i].level == level) {
            cut->broke = i;
        }
    }
}

void recurrence_lower(const struct level *levels, size_t count, struct level_cut *cut)
{
    size_t from = find_from(levels, cut);

    if (from != LEVELS_NONE) {
        lower_to(levels, count, levels[from].level, cut);
    }
}

void recurrence_cut(const struct judged_step *steps, size_t step_count, const struct level *levels, size_t count,
                    struct level_cut *ret_cut)
{
    struct level *of_limit = mem_new(step_count, sizeof *of_limit);
    uint64_t lowest = UINT64_MAX;

    levels_cut(levels, count, ret_cut);
    for (size_t place = 0; place < LIMIT_PLACES; place++) {
        struct level_cut cut;
        if (!limit_place_is_on_requests(place)) {
            continue;
        }
        size_t limit_count = levels_of_limit(steps, step_count, place, of_limit);
        levels_cut(of_limit, limit_count, &cut);
        size_t from = find_from(of_limit, &cut);
        if (from != LEVELS_NONE && of_limit[from].level < lowest) {
            lowest = of_limit[from].level;
        }
    }
    if (lowest != UINT64_MAX) {
        lower_to(levels, count, lowest, ret_cut);
    }
    free(of_limit);
}
