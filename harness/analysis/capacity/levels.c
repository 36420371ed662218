#include "analysis/capacity/levels.h"

#include "base/mem.h"

#include <stdlib.h>

/* --- the runs of a level ------------------------------------------------------------------------------------------ */

static int by_level(const void *left, const void *right)
{
    uint64_t a = ((const struct level *)left)->level, b = ((const struct level *)right)->level;
    return (a > b) - (a < b);
}

bool levels_run_counts(const struct judged_step *steps, size_t count, size_t run)
{
    for (size_t i = 0; i < count && !steps[run].warm; i++) {
        if (steps[i].warm && steps[i].level == steps[run].level) {
            return false;
        }
    }
    return true;
}

/* Whether the run is one of this level, and counts. */
static bool is_of(const struct level *level, const struct judged_step *steps, size_t count, size_t run)
{
    return steps[run].level == level->level && levels_run_counts(steps, count, run);
}

/* The place of the level, which is added at the end where it is new. */
static size_t place_of(struct level *levels, size_t *count, uint64_t level)
{
    for (size_t i = 0; i < *count; i++) {
        if (levels[i].level == level) {
            return i;
        }
    }
    levels[*count] = (struct level){.level = level, .run_held = LEVELS_NONE, .run_broke = LEVELS_NONE};
    return (*count)++;
}

static size_t gather(const struct judged_step *steps, size_t count, struct level *levels)
{
    size_t level_count = 0;

    for (size_t i = 0; i < count; i++) {
        levels[place_of(levels, &level_count, steps[i].level)].tries += levels_run_counts(steps, count, i);
    }
    qsort(levels, level_count, sizeof *levels, by_level);
    return level_count;
}

/* What one run says by itself. */
struct run_says {
    enum limit_state state;
    bool over, beyond_doubt;
};

static void add_run(struct level *level, const struct run_says *run, size_t index, unsigned *over)
{
    if (run->state == LIMIT_NOT_JUDGED) {
        return;
    }
    if ((run->state == LIMIT_BREAKS || run->over) && level->breaks == 0) {
        level->run_broke = index;
    }
    if ((run->state == LIMIT_HOLDS || run->state == LIMIT_UNDECIDED) && level->holds == 0) {
        level->run_held = index;
    }
    level->runs++;
    level->holds += run->state == LIMIT_HOLDS;
    level->breaks += run->state == LIMIT_BREAKS;
    level->confirmed = level->confirmed || run->beyond_doubt;
    *over += run->over;
}

static void decide(struct level *level, enum limit_state together, unsigned over)
{
    if (level->breaks > level->holds) {
        level->state = LIMIT_BREAKS;
    } else if (level->holds > level->breaks) {
        level->state = LIMIT_HOLDS;
    } else {
        level->state = together;
    }
    level->confirmed = level->state == LIMIT_BREAKS && (level->confirmed || over >= 2);
}

/* Whatever other runs of the level say: a process that died in one of them has died. */
static void bury(struct level *level)
{
    level->died = level->confirmed = true;
    level->state = LIMIT_BREAKS;
}

/* --- one limit ---------------------------------------------------------------------------------------------------- */

static void fill_limit(struct level *level, const struct judged_step *steps, size_t count, size_t place)
{
    unsigned over = 0;

    for (size_t i = 0; i < count; i++) {
        const struct limit_judgement *judgement = &steps[i].verdict->limits[place];
        if (!is_of(level, steps, count, i) || steps[i].verdict->verdict == VERDICT_INVALID) {
            continue;
        }
        add_run(level, &(struct run_says){judgement->state, judgement->over, judgement->beyond_doubt}, i, &over);
        limit_test_add(&level->judgement, judgement);
    }
    level->over = level->judgement.over;
    decide(level, level->judgement.state, over);
}

size_t levels_of_limit(const struct judged_step *steps, size_t count, size_t place, struct level *ret_levels)
{
    size_t level_count = gather(steps, count, ret_levels);

    for (size_t i = 0; i < level_count; i++) {
        fill_limit(&ret_levels[i], steps, count, place);
        if (place == LIMIT_CRASH && ret_levels[i].breaks > 0) {
            bury(&ret_levels[i]);
        }
    }
    return level_count;
}

/* --- all limits --------------------------------------------------------------------------------------------------- */

static bool any_over(const struct step_verdict *verdict, bool *ret_beyond_doubt)
{
    bool over = verdict->verdict == VERDICT_BREAK;

    *ret_beyond_doubt = false;
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        over = over || verdict->limits[i].over;
        *ret_beyond_doubt = *ret_beyond_doubt || verdict->limits[i].beyond_doubt;
    }
    return over;
}

static struct run_says run_of(const struct step_verdict *verdict)
{
    static const enum limit_state states[] = {
        [VERDICT_PASS] = LIMIT_HOLDS,
        [VERDICT_BREAK] = LIMIT_BREAKS,
        [VERDICT_INVALID] = LIMIT_NOT_JUDGED,
        [VERDICT_UNDECIDED] = LIMIT_UNDECIDED,
    };
    struct run_says run = {.state = states[verdict->verdict]};

    run.over = any_over(verdict, &run.beyond_doubt);
    return run;
}

static void fold_limit(enum limit_state *state, enum limit_state of_limit)
{
    if (of_limit == LIMIT_BREAKS || *state == LIMIT_NOT_JUDGED) {
        *state = of_limit;
    } else if (of_limit == LIMIT_UNDECIDED && *state == LIMIT_HOLDS) {
        *state = LIMIT_UNDECIDED;
    }
}

/* Of several runs that broke, the one in which the process died is the one to tell of. Whether there is one. */
static bool prefer_death(struct level *level, const struct judged_step *steps, size_t count)
{
    bool any = false;

    for (size_t i = count; i-- > 0;) {
        bool died = steps[i].verdict->limits[LIMIT_CRASH].state == LIMIT_BREAKS;
        if (died && is_of(level, steps, count, i) && steps[i].verdict->verdict == VERDICT_BREAK) {
            level->run_broke = i;
            any = true;
        }
    }
    return any;
}

static void fill_all(struct level *level, const struct judged_step *steps, size_t count)
{
    enum limit_state together = LIMIT_NOT_JUDGED;
    unsigned over = 0;

    for (size_t i = 0; i < count; i++) {
        if (is_of(level, steps, count, i)) {
            struct run_says run = run_of(steps[i].verdict);
            add_run(level, &run, i, &over);
        }
    }
    bool died = prefer_death(level, steps, count);
    for (size_t place = 0; place < LIMIT_PLACES; place++) {
        struct level of_limit = {.level = level->level};
        fill_limit(&of_limit, steps, count, place);
        fold_limit(&together, of_limit.state);
        level->over = level->over || of_limit.over;
    }
    decide(level, together, over);
    if (level->state == LIMIT_NOT_JUDGED && level->runs > 0) {
        level->state = LIMIT_UNDECIDED;
    }
    if (died) {
        bury(level);
    }
}

size_t levels_of_all(const struct judged_step *steps, size_t count, struct level *ret_levels)
{
    size_t level_count = gather(steps, count, ret_levels);

    for (size_t i = 0; i < level_count; i++) {
        fill_all(&ret_levels[i], steps, count);
    }
    return level_count;
}

/* --- the cut ------------------------------------------------------------------------------------------------------ */

/* A run that held does not contradict another one of the same load whose break is confirmed: a process that died in one
 * run of two has died. */
static unsigned holds_of(const struct level *level)
{
    if (level->state == LIMIT_BREAKS && level->confirmed) {
        return 0;
    }
    return level->holds == 0 && level->state == LIMIT_HOLDS ? 1 : level->holds;
}

static unsigned breaks_of(const struct level *level)
{
    return level->breaks == 0 && level->state == LIMIT_BREAKS ? 1 : level->breaks;
}

/* The number of levels at or below the cut. */
static size_t find_cut(const struct level *levels, size_t count)
{
    unsigned contradicted = 0, least;
    size_t cut = 0;

    for (size_t i = 0; i < count; i++) {
        contradicted += holds_of(&levels[i]);
    }
    least = contradicted;
    for (size_t i = 0; i < count; i++) {
        contradicted = contradicted - holds_of(&levels[i]) + breaks_of(&levels[i]);
        if (contradicted <= least) {
            least = contradicted;
            cut = i + 1;
        }
    }
    for (size_t i = 0; i < cut; i++) {
        if (levels[i].died) {
            return i;
        }
    }
    return cut;
}

void levels_cut(const struct level *levels, size_t count, struct level_cut *ret_cut)
{
    struct level_cut found = {.held = LEVELS_NONE, .broke = LEVELS_NONE};
    size_t cut = find_cut(levels, count);

    for (size_t i = 0; i < count; i++) {
        bool holds = levels[i].state == LIMIT_HOLDS, breaks = levels[i].state == LIMIT_BREAKS;
        if (i < cut && holds) {
            found.held = i;
        } else if (i >= cut && breaks && found.broke == LEVELS_NONE) {
            found.broke = i;
        } else if (i >= cut && holds) {
            found.contradicted = true;
        }
    }
    for (size_t i = 0; found.held != LEVELS_NONE && i < found.held; i++) {
        found.contradicted = found.contradicted || levels[i].state == LIMIT_BREAKS;
    }
    *ret_cut = found;
}
