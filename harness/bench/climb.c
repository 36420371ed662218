#include "bench/climb.h"

#include "analysis/capacity/capacity.h"
#include "analysis/forecast/forecast.h"
#include "analysis/verdict/verdict.h"
#include "base/list.h"
#include "bench/step.h"
#include "plan/search.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* How many steps in a row must fail before the ladder is given up: one may be a bad moment. */
#define FAILURES_IN_A_ROW 2

/* How far the climb has come. */
struct state {
    const struct climb *climb;
    const struct run *run;
    struct judged_level *judged; /* the valid steps of the ladder and the search */
    size_t judged_count;
    struct forecast_point *points; /* of the valid steps of the ladder */
    size_t point_count;
    unsigned broken;  /* steps in a row that broke a limit, valid or not */
    unsigned attempt; /* of the step that runs */
    bool died;
    uint64_t left_ns; /* of the whole run, at most */
};

static unsigned service_cores(const struct state *state)
{
    return core_set_count(&state->run->cores->split.service);
}

/* ---- one step ---- */

static uint64_t time_of(const struct state *state, const struct planned_step *planned)
{
    return planned->warmup_ns + planned->measure_ns + state->run->scenario->deadline_ns;
}

static void pass_time(struct state *state, const struct planned_step *planned)
{
    uint64_t passed_ns = time_of(state, planned);

    if (passed_ns > state->left_ns) {
        passed_ns = state->left_ns;
    }
    state->left_ns -= passed_ns;
}

static int run_step(struct state *state, const struct planned_step *planned, enum step_phase phase,
                    struct step_record *ret_step, struct error *err)
{
    const struct climb *climb = state->climb;
    struct planned_step seeded = *planned;
    struct step_run step = {.run = state->run,
                            .instance = climb->instance,
                            .loader = climb->loader,
                            .planned = &seeded,
                            .backend = climb->backend,
                            .trial = climb->trial,
                            .attempt = state->attempt,
                            .phase = phase,
                            .left_ns = state->left_ns};

    plan_seed_step(state->run->scenario, climb->trial, state->attempt, &seeded);
    if (step_run(&step, ret_step, err) != 0) {
        return -1;
    }
    audit_add(climb->audit, &ret_step->load);
    state->died = ret_step->death.died;
    return 0;
}

/* A step with what is found in its record. */
struct judged_step {
    struct step_record record;
    struct step_usage usage;
    struct step_verdict verdict;
};

static void judge(const struct state *state, struct judged_step *step)
{
    const struct verdict_terms terms = {.limits = &state->run->scenario->limits,
                                        .traffic = &state->run->scenario->traffic,
                                        .cores_shared = state->run->cores->split.shared};

    step_usage_find(&step->record, service_cores(state), &step->usage);
    verdict_judge(&step->record, &step->usage.host, &terms, &step->verdict);
}

static void tell(const struct state *state, const struct judged_step *step)
{
    const struct progress *progress = state->run->progress;
    progress->step(progress->context, &step->record, &step->verdict, &step->usage.host, state->left_ns);
}

/* Where a step belongs in the log. */
struct place {
    enum step_phase phase;
    int (*write)(struct run_writer *writer, const struct step_record *record, struct error *err);
};

static const struct place in_ladder = {PHASE_LADDER, run_writer_step};
static const struct place in_search = {PHASE_SEARCH, run_writer_step};
static const struct place in_soak = {PHASE_LADDER, run_writer_soak};

/* Runs a step, and once more when it is invalid. The result is the last one, whose record the caller releases. */
static int run_judged(struct state *state, const struct planned_step *planned, const struct place *place,
                      struct judged_step *ret_step, struct error *err)
{
    for (unsigned tries = 0;; tries++) {
        struct judged_step step;
        state->attempt = tries;
        if (run_step(state, planned, place->phase, &step.record, err) != 0) {
            return -1;
        }
        int result = place->write(state->run->writer, &step.record, err);
        judge(state, &step);
        bool again = step.verdict.verdict == VERDICT_INVALID && tries == 0 && !state->died;
        if (!again) {
            pass_time(state, planned);
        }
        tell(state, &step);
        if (result == 0 && !again) {
            *ret_step = step;
            return 0;
        }
        step_record_release(&step.record);
        if (result != 0) {
            return -1;
        }
    }
}

/* ---- the ladder ---- */

static int write_forecast(struct state *state, const struct planned_step *planned, struct error *err)
{
    const struct forecast_terms terms = {.scenario = state->run->scenario,
                                         .service_core_count = service_cores(state),
                                         .step_ns = planned->warmup_ns + planned->measure_ns};
    struct forecast_record record = {.backend = (char *)state->climb->backend,
                                     .trial = state->climb->trial,
                                     .index = planned->index,
                                     .level = planned->level};

    forecast_make(state->points, state->point_count, planned->level, &terms, &record.expected);
    return run_writer_forecast(state->run->writer, &record, err);
}

static void remember(struct state *state, uint64_t level, enum verdict verdict)
{
    *list_add(state->judged, state->judged_count) = (struct judged_level){.level = level, .verdict = verdict};
}

static void observe(struct state *state, const struct judged_step *step)
{
    forecast_observe(&step->record, &step->usage, list_add(state->points, state->point_count));
}

static int run_ladder(struct state *state, struct error *err)
{
    const struct plan *plan = state->run->plan;

    for (size_t i = 0; i < plan->step_count && !state->died && state->broken < FAILURES_IN_A_ROW; i++) {
        struct judged_step step;
        if (write_forecast(state, &plan->steps[i], err) != 0 ||
            run_judged(state, &plan->steps[i], &in_ladder, &step, err) != 0) {
            return -1;
        }
        if (step.verdict.verdict != VERDICT_INVALID) {
            remember(state, step.record.level, step.verdict.verdict);
            observe(state, &step);
        }
        if (step.verdict.breach_count > 0) {
            state->broken++;
        } else {
            state->broken = 0;
        }
        step_record_release(&step.record);
    }
    return 0;
}

/* ---- after the ladder ---- */

static int run_recovery(struct state *state, struct error *err)
{
    const struct run *run = state->run;
    const struct planned_step *planned = &run->plan->recovery;
    struct step_record step;

    state->left_ns = state->climb->rest_ns + time_of(state, planned) + plan_search_ns(run->plan, run->scenario) +
                     plan_soak_ns(run->plan, run->scenario);
    progress_say(run->progress, "%s: the first step's load again, to see it recover", state->climb->backend);
    state->attempt = 0;
    if (run_step(state, planned, PHASE_LADDER, &step, err) != 0) {
        return -1;
    }
    pass_time(state, planned);
    int result = run_writer_recovery(run->writer, &step, err);
    step_record_release(&step);
    return result;
}

/* The level of that step; 0 for CAPACITY_NONE. */
static uint64_t level_at(const struct state *state, size_t index)
{
    return index < state->judged_count ? state->judged[index].level : 0;
}

/* The highest level that the service sustained below its lowest break, which is *ret_broke. 0: there is none. */
static uint64_t highest_held(const struct state *state, uint64_t *ret_broke)
{
    struct capacity capacity;

    capacity_of_levels(state->judged, state->judged_count, &capacity);
    *ret_broke = level_at(state, capacity.broke);
    return level_at(state, capacity.held);
}

static void begin_search(const struct state *state, struct search *search)
{
    uint64_t broke, held = highest_held(state, &broke);

    search_init(search, held, broke, profile_width(state->run->plan->profile));
}

static void learn(struct search *search, uint64_t level, enum verdict verdict)
{
    if (verdict == VERDICT_PASS) {
        search_held(search, level);
    } else if (verdict == VERDICT_BREAK) {
        search_broke(search, level);
    } else {
        search_said_nothing(search, level);
    }
}

static int run_search(struct state *state, struct error *err)
{
    const struct run *run = state->run;
    struct search search;
    unsigned number = 0;

    begin_search(state, &search);
    if (search_next(&search) != 0) {
        progress_say(run->progress, "%s: searching between what it sustained and what it did not",
                     state->climb->backend);
    }
    for (uint64_t level; (level = search_next(&search)) != 0 && !state->died; number++) {
        struct planned_step planned;
        struct judged_step step;
        plan_search_step(run->plan, run->scenario, number, level, &planned);
        if (run_judged(state, &planned, &in_search, &step, err) != 0) {
            return -1;
        }
        learn(&search, level, step.verdict.verdict);
        if (step.verdict.verdict != VERDICT_INVALID) {
            remember(state, level, step.verdict.verdict);
        }
        step_record_release(&step.record);
    }
    return 0;
}

static int run_soak(struct state *state, struct error *err)
{
    const struct run *run = state->run;
    uint64_t broke, held = highest_held(state, &broke);
    struct planned_step planned;
    struct judged_step step;

    if (run->scenario->soak.share <= 0 || held == 0) {
        return 0;
    }
    plan_soak_step(run->plan, run->scenario, held, &planned);
    state->left_ns = state->climb->rest_ns + time_of(state, &planned);
    progress_say(run->progress, "%s: a steady load for %.3g s, to see whether its memory grows", state->climb->backend,
                 (double)planned.measure_ns / 1e9);
    if (run_judged(state, &planned, &in_soak, &step, err) != 0) {
        return -1;
    }
    step_record_release(&step.record);
    return 0;
}

int climb_run(const struct climb *climb, struct error *err)
{
    static int (*const parts[])(struct state * state, struct error * err) = {run_ladder, run_recovery, run_search,
                                                                             run_soak};
    const struct run *run = climb->run;
    struct state state = {.climb = climb,
                          .run = run,
                          .left_ns = climb->rest_ns + plan_trial_ns(run->plan, run->scenario)};
    int result = 0;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && result == 0 && !state.died; i++) {
        result = parts[i](&state, err);
    }
    free(state.judged);
    free(state.points);
    return result;
}
