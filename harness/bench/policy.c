#include "bench/policy.h"

#include "analysis/capacity/limit_bracket.h"
#include "analysis/capacity/recurrence.h"
#include "base/list.h"
#include "base/mem.h"
#include "bench/search.h"

#include <stdlib.h>

/* The ladder ends after so many levels in a row that broke, where every limit on requests has broken; or after so many,
 * whatever broke. */
#define BROKEN_LEAST 2
#define BROKEN_MOST  4

/* Runs of one level: two that disagree, and one that decides. */
#define TRIES_MOST 3

void policy_init(struct policy *policy, const struct plan *plan, const struct scenario *scenario, unsigned trial)
{
    *policy = (struct policy){.plan = plan,
                              .scenario = scenario,
                              .trial = trial,
                              .stage = POLICY_LADDER,
                              .repeats_left = profile_repeats(plan->profile),
                              .searches_left = plan_search_steps(plan)};
}

void policy_release(struct policy *policy)
{
    free(policy->runs);
    free(policy->lost);
    *policy = (struct policy){0};
}

/* --- what is known ------------------------------------------------------------------------------------------------ */

/* The caller frees them. */
static struct judged_step *judged_steps(const struct policy *policy)
{
    struct judged_step *steps = mem_new(policy->run_count + 1, sizeof *steps);

    for (size_t i = 0; i < policy->run_count; i++) {
        const struct policy_run *run = &policy->runs[i];
        steps[i] = (struct judged_step){run->level, run->warm, &run->verdict};
    }
    return steps;
}

/* Returns the number of levels, which the caller frees, and the cut between them. */
static size_t levels_now(const struct policy *policy, struct level **ret_levels, struct level_cut *ret_cut)
{
    struct judged_step *steps = judged_steps(policy);

    *ret_levels = mem_new(policy->run_count + 1, sizeof **ret_levels);
    size_t level_count = levels_of_all(steps, policy->run_count, *ret_levels);
    recurrence_cut(steps, policy->run_count, *ret_levels, level_count, ret_cut);
    free(steps);
    return level_count;
}

static bool of_a_level(enum policy_stage stage)
{
    return stage == POLICY_LADDER || stage == POLICY_WARM_CLIMB || stage == POLICY_SEARCH;
}

/* The recovery and the soak are told apart by their stage; other steps are the same at the same level. */
static unsigned lost_before(const struct policy *policy, enum policy_stage stage, uint64_t level)
{
    unsigned count = 0;

    for (size_t i = 0; i < policy->lost_count; i++) {
        const struct policy_lost *lost = &policy->lost[i];
        bool same = of_a_level(stage) ? of_a_level(lost->stage) && lost->level == level : lost->stage == stage;
        count += same;
    }
    return count;
}

static unsigned counted_at(const struct policy *policy, uint64_t level)
{
    unsigned count = 0;

    for (size_t i = 0; i < policy->run_count; i++) {
        count += policy->runs[i].level == level;
    }
    return count;
}

static struct level level_now(const struct policy *policy, uint64_t level)
{
    struct level *levels;
    struct level_cut cut;
    size_t count = levels_now(policy, &levels, &cut);
    struct level found = {.level = level};

    for (size_t i = 0; i < count; i++) {
        if (levels[i].level == level) {
            found = levels[i];
        }
    }
    free(levels);
    return found;
}

/* Whether the scenario has a limit on requests in this place. */
static bool is_set(const struct scenario *scenario, size_t place)
{
    const struct limits *limits = &scenario->limits;

    if (place >= LIMIT_COUNT) {
        size_t index = (place - LIMIT_COUNT) / 2;
        limits = index < scenario->request_limits.count ? &scenario->request_limits.items[index].limits : NULL;
    }
    return limits != NULL && limit_place_is_on_requests(place) && limit_test_is_set(limits, limit_of_place(place));
}

/* Whether every limit on requests that the scenario sets was seen to break. */
static bool all_broke(const struct policy *policy)
{
    struct judged_step *steps = judged_steps(policy);
    bool all = true;

    for (size_t place = 0; place < LIMIT_PLACES && all; place++) {
        struct limit_bracket bracket;
        if (is_set(policy->scenario, place)) {
            limit_bracket_find(steps, policy->run_count, place, &bracket);
            all = bracket.breaks_at != UINT64_MAX;
        }
    }
    free(steps);
    return all;
}

/* --- the ladder --------------------------------------------------------------------------------------------------- */

static const struct policy_run *last_run(const struct policy *policy)
{
    return policy->run_count > 0 ? &policy->runs[policy->run_count - 1] : NULL;
}

/* Whether the level that was run last has to be run once more before the ladder goes on. */
static bool repeats(const struct policy *policy)
{
    const struct policy_run *last = last_run(policy);

    if (last == NULL || policy->died || policy->repeats_left == 0) {
        return false;
    }
    struct level level = level_now(policy, last->level);
    if (last->verdict.verdict == VERDICT_INVALID) {
        /* What this machine had no file descriptor or port for it has none for a moment later. */
        return level.tries < 2 && !last->verdict.invalid[INVALID_DENIED];
    }
    bool open = level.state == LIMIT_UNDECIDED && level.over;
    bool unsure = level.state == LIMIT_BREAKS && !level.confirmed;
    bool torn = level.holds > 0 && level.holds == level.breaks;
    return level.tries < TRIES_MOST && (open || unsure || torn);
}

static bool above_a_limit(const struct step_verdict *verdict)
{
    bool above = false;

    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        above = above || verdict->limits[i].over;
    }
    return above;
}

static bool ladder_ends(const struct policy *policy)
{
    bool over = policy->broken >= BROKEN_LEAST && all_broke(policy);
    return policy->died || policy->ladder_step >= policy->plan->step_count || over || policy->broken >= BROKEN_MOST;
}

static void climb_on(struct policy *policy)
{
    const struct policy_run *last = last_run(policy);
    enum limit_state state = level_now(policy, last->level).state;
    bool broke = state == LIMIT_BREAKS || (last->verdict.verdict == VERDICT_INVALID && above_a_limit(&last->verdict));

    if (broke) {
        policy->broken++;
    } else {
        policy->broken = 0;
    }
    policy->ladder_step++;
}

/* The place in the ladder of the lowest level that broke; step_count: none did. */
static size_t lowest_broken(const struct policy *policy)
{
    for (size_t i = 0; i < policy->plan->step_count; i++) {
        if (level_now(policy, policy->plan->steps[i].level).state == LIMIT_BREAKS) {
            return i;
        }
    }
    return policy->plan->step_count;
}

/* --- the search --------------------------------------------------------------------------------------------------- */

static uint64_t next_level(const struct policy *policy)
{
    double width = profile_width(policy->plan->profile);
    struct level *levels;
    struct level_cut cut;
    uint64_t level = 0;

    levels_now(policy, &levels, &cut);
    if (width > 0 && cut.held == LEVELS_NONE && cut.broke != LEVELS_NONE && policy->repeats_left > 0) {
        level = search_foothold(levels, &cut, TRIES_MOST);
    } else if (width > 0 && cut.held != LEVELS_NONE && cut.broke != LEVELS_NONE) {
        if (policy->searches_left > 0) {
            level = search_middle(levels, &cut, width);
        }
        if (level == 0 && policy->repeats_left > 0) {
            level = search_again(levels, &cut, TRIES_MOST);
        }
    }
    free(levels);
    return level;
}

/* --- the stages --------------------------------------------------------------------------------------------------- */

static bool next_of_ladder(const struct policy *policy, struct policy_step *step)
{
    if (ladder_ends(policy)) {
        return false;
    }
    step->planned = policy->plan->steps[policy->ladder_step];
    step->counted = counted_at(policy, step->planned.level);
    return true;
}

static bool next_of_search(const struct policy *policy, struct policy_step *step)
{
    uint64_t level = policy->died ? 0 : next_level(policy);

    if (level != 0) {
        plan_search_step(policy->plan, policy->scenario, policy->search_number, level, &step->planned);
        step->counted = counted_at(policy, level);
    }
    return level != 0;
}

void policy_bracket(const struct policy *policy, uint64_t *ret_held, uint64_t *ret_broke)
{
    struct level *levels;
    struct level_cut cut;

    levels_now(policy, &levels, &cut);
    *ret_held = cut.held != LEVELS_NONE ? levels[cut.held].level : 0;
    *ret_broke = cut.broke != LEVELS_NONE ? levels[cut.broke].level : 0;
    free(levels);
}

static bool next_of_soak(const struct policy *policy, struct policy_step *step)
{
    uint64_t held, broke;

    policy_bracket(policy, &held, &broke);
    if (policy->soaked || policy->died || policy->scenario->soak.share <= 0 || held == 0) {
        return false;
    }
    plan_soak_step(policy->plan, policy->scenario, held, &step->planned);
    step->counted = policy->soaked_once;
    return true;
}

static bool next_of_stage(const struct policy *policy, struct policy_step *step)
{
    switch (policy->stage) {
    case POLICY_LADDER:
    case POLICY_WARM_CLIMB:
        return next_of_ladder(policy, step);
    case POLICY_RECOVERY:
        step->planned = policy->plan->recovery;
        step->counted = policy->recovered_once;
        return !policy->died && plan_has_recovery(policy->scenario);
    case POLICY_SEARCH:
        return next_of_search(policy, step);
    case POLICY_SOAK:
        return next_of_soak(policy, step);
    default:
        return false;
    }
}

/* The warm climb comes only when policy_learn_recovery asks for it. */
static enum policy_stage stage_after(enum policy_stage stage)
{
    switch (stage) {
    case POLICY_LADDER:
        return POLICY_RECOVERY;
    case POLICY_RECOVERY:
    case POLICY_WARM_CLIMB:
        return POLICY_SEARCH;
    case POLICY_SEARCH:
        return POLICY_SOAK;
    default:
        return POLICY_DONE;
    }
}

bool policy_next(struct policy *policy, struct policy_step *ret_step)
{
    while (policy->stage != POLICY_DONE) {
        struct policy_step step = {.stage = policy->stage};
        if (next_of_stage(policy, &step)) {
            step.attempt = step.counted + lost_before(policy, step.stage, step.planned.level);
            plan_seed_step(policy->scenario, policy->trial, step.attempt, &step.planned);
            *ret_step = step;
            return true;
        }
        policy->stage = stage_after(policy->stage);
    }
    return false;
}

static void pay(struct policy *policy, const struct policy_step *step)
{
    if (step->counted > 0 && policy->repeats_left > 0) {
        policy->repeats_left--;
    } else if (step->counted == 0 && step->stage == POLICY_SEARCH) {
        policy->searches_left--;
    }
    policy->search_number += step->stage == POLICY_SEARCH;
}

void policy_learn(struct policy *policy, const struct policy_step *step, const struct step_verdict *verdict, bool died)
{
    policy->died = policy->died || died;
    if (step->stage == POLICY_SOAK) {
        policy->soaked = policy->soaked_once || verdict->verdict != VERDICT_INVALID;
        policy->soaked_once = true;
        return;
    }
    pay(policy, step);
    *list_add(policy->runs, policy->run_count) =
        (struct policy_run){.level = step->planned.level, .warm = policy->warmed, .verdict = *verdict};
    if (step->stage != POLICY_SEARCH && !repeats(policy)) {
        climb_on(policy);
    }
}

void policy_lose(struct policy *policy, const struct policy_step *step)
{
    *list_add(policy->lost, policy->lost_count) =
        (struct policy_lost){.stage = step->stage, .level = step->planned.level};
}

void policy_learn_recovery(struct policy *policy, const struct policy_recovery *recovery)
{
    size_t broken = lowest_broken(policy);
    bool again = recovery->invalid && !recovery->died && !policy->recovered_once;

    policy->recovered_once = true;
    if (again) {
        return;
    }
    policy->died = policy->died || recovery->died;
    policy->stage = POLICY_SEARCH;
    if (recovery->cold && !policy->died && broken < policy->plan->step_count) {
        policy->stage = POLICY_WARM_CLIMB;
        policy->warmed = true;
        policy->ladder_step = broken;
        policy->broken = 0;
    }
}

void policy_give_up(struct policy *policy)
{
    policy->stage = POLICY_DONE;
}

bool policy_is_new_level(const struct policy *policy, const struct policy_step *step)
{
    return step->stage == POLICY_LADDER && counted_at(policy, step->planned.level) == 0 &&
           lost_before(policy, step->stage, step->planned.level) == 0;
}

enum step_phase policy_phase(enum policy_stage stage)
{
    switch (stage) {
    case POLICY_WARM_CLIMB:
        return PHASE_WARM;
    case POLICY_SEARCH:
        return PHASE_SEARCH;
    default:
        return PHASE_LADDER;
    }
}
