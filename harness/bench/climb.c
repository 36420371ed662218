#include "bench/climb.h"

#include "analysis/after/cold_start.h"
#include "analysis/forecast/forecast.h"
#include "analysis/verdict/dependency_faults.h"
#include "analysis/verdict/verdict.h"
#include "analysis/verdict/wrong_responses.h"
#include "base/list.h"
#include "base/text.h"
#include "bench/blocks.h"
#include "bench/dependency/health.h"
#include "bench/policy.h"
#include "bench/step.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>

/* How far the climb has come. */
struct state {
    struct climb *climb;
    const struct run *run;
    struct policy policy;
    struct forecast_point *points; /* of the valid steps of the ladder */
    size_t point_count;
    struct host_usage seen;   /* in the last of them */
    struct step_record first; /* of the ladder: what the recovery is held against */
    bool has_first;
    unsigned lost_in_a_row; /* runs of the same step in which a dependency failed */
    uint64_t left_ns;       /* of the whole run, at most */
};

/* A dependency that fails in so many runs of a step is not there for this run. */
#define LOST_MOST 3

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

static int run_step(struct state *state, const struct policy_step *next, struct step_record *ret_step,
                    struct error *err)
{
    const struct climb *climb = state->climb;
    struct step_run step = {.run = state->run,
                            .instance = &climb->served->instance,
                            .crew = climb->served->crew,
                            .planned = &next->planned,
                            .backend = climb->backend,
                            .trial = climb->trial,
                            .attempt = next->attempt,
                            .phase = policy_phase(next->stage),
                            .left_ns = state->left_ns};

    if (step_run(&step, ret_step, err) != 0) {
        return -1;
    }
    state->climb->stepped = true;
    audit_add(climb->audit, &ret_step->load);
    return 0;
}

/* A step with what is found in its record. */
struct measured_step {
    struct step_record record;
    struct step_usage usage;
    struct step_verdict verdict;
};

static void judge(const struct state *state, struct measured_step *step)
{
    const struct verdict_terms terms = {.limits = &state->run->scenario->limits,
                                        .traffic = &state->run->scenario->traffic,
                                        .request_limits = &state->run->scenario->request_limits,
                                        .cores_shared = served_shares_cores(state->climb->served)};

    step_usage_find(&step->record, served_core_count(state->climb->served), &step->usage);
    verdict_judge(&step->record, &step->usage.host, &terms, &step->verdict);
}

static void tell(const struct state *state, const struct measured_step *step)
{
    const struct progress *progress = state->run->progress;
    progress->step(progress->context, &step->record, &step->verdict, &step->usage.host, state->left_ns);
}

static int write_step(const struct state *state, enum policy_stage stage, const struct step_record *step,
                      struct error *err)
{
    struct run_writer *writer = state->run->writer;

    switch (stage) {
    case POLICY_RECOVERY:
        return run_writer_recovery(writer, step, err);
    case POLICY_SOAK:
        return run_writer_soak(writer, step, err);
    default:
        return run_writer_step(writer, step, err);
    }
}

/* Runs a step, writes it and judges it. The caller releases its record. */
static int measure(struct state *state, const struct policy_step *next, struct measured_step *ret_step,
                   struct error *err)
{
    struct measured_step step;

    if (run_step(state, next, &step.record, err) != 0) {
        return -1;
    }
    int result = write_step(state, next->stage, &step.record, err);
    judge(state, &step);
    pass_time(state, &next->planned);
    if (next->stage != POLICY_RECOVERY) {
        tell(state, &step);
    }
    if (result != 0) {
        step_record_release(&step.record);
        return -1;
    }
    *ret_step = step;
    return 0;
}

/* ---- the ladder ---- */

static int write_forecast(struct state *state, const struct planned_step *planned, struct error *err)
{
    const struct forecast_terms terms = {.scenario = state->run->scenario,
                                         .service_core_count = served_core_count(state->climb->served),
                                         .step_ns = planned->warmup_ns + planned->measure_ns,
                                         .quota_cores = state->seen.quota_cores,
                                         .memory_limit_bytes = state->seen.memory_limit_bytes};
    struct forecast_record record = {.backend = (char *)state->climb->backend,
                                     .trial = state->climb->trial,
                                     .index = planned->index,
                                     .level = planned->level};

    forecast_make(state->points, state->point_count, planned->level, &terms, &record.expected);
    return run_writer_forecast(state->run->writer, &record, err);
}

static void observe(struct state *state, const struct measured_step *step)
{
    forecast_observe(&step->record, &step->usage, list_add(state->points, state->point_count));
    state->seen = step->usage.host;
}

/* ---- the stages ---- */

/* Says what begins, and what can be left of the time from there on. */
static void announce(struct state *state, const struct policy_step *next)
{
    const struct run *run = state->run;
    const char *backend = state->climb->backend;
    uint64_t after_ns = plan_search_ns(run->plan, run->scenario) + plan_soak_ns(run->plan, run->scenario);

    if (next->stage == POLICY_RECOVERY) {
        state->left_ns = state->climb->rest_ns + time_of(state, &next->planned) + after_ns;
        progress_say(run->progress, "%s: the first step's load again, to see it recover", backend);
    } else if (next->stage == POLICY_WARM_CLIMB) {
        progress_say(run->progress, "%s: its process was cold: the loads that broke once more, now that it is warm",
                     backend);
    } else if (next->stage == POLICY_SEARCH) {
        progress_say(run->progress, "%s: searching between what it sustained and what it did not", backend);
    } else if (next->stage == POLICY_SOAK) {
        state->left_ns = state->climb->rest_ns + time_of(state, &next->planned);
        progress_say(run->progress, "%s: a steady load for %.3g s, to see whether its memory grows", backend,
                     (double)next->planned.measure_ns / 1e9);
    }
}

/* ---- dependencies ---- */

static bool is_lost(const struct step_record *step)
{
    struct dependency_faults faults;

    dependency_faults_find(step, &faults);
    return dependency_faults_any(&faults);
}

static int lose(struct state *state, const struct policy_step *next, struct error *err)
{
    struct text what = {0};
    int result = 0;

    policy_lose(&state->policy, next);
    state->lost_in_a_row++;
    if (state->lost_in_a_row == LOST_MOST) {
        health_describe(state->run->dependencies, &what);
        result = error_failed(err, "%s in %d runs of one step in a row", what.data, LOST_MOST);
        text_release(&what);
    }
    return result;
}

/* Where a dependency was mended, the counts of the audit begin anew with the tables and the upstream's process. */
static int start_anew(struct climb *climb, uint64_t level, bool mended)
{
    struct trial_failure *failure = &climb->failure;

    failure->harness_fault = false;
    if (served_replace(climb->served, level, &failure->why) != 0) {
        return -1;
    }
    failure->harness_fault = true;
    if (served_load(climb->served, &failure->why) != 0) {
        return -1;
    }
    if (!mended) {
        return 0;
    }
    audit_release(climb->audit);
    return audit_begin(climb->audit, climb->run->dependencies, climb->backend, climb->trial, &failure->why);
}

/* Fails where it is more than this trial that cannot go on. */
static int end_early(struct state *state, struct error *err)
{
    struct dependencies *dependencies = state->run->dependencies;
    const struct trial_failure *failure = &state->climb->failure;

    if (failure->why.kind == ERROR_STOPPED) {
        return error_stopped(err);
    }
    health_look(dependencies);
    return health_is_good(dependencies) ? 0 : error_failed(err, "%s", failure->why.message);
}

/* Before each step: what it needs works, and the process is the one for its level. Where there is no service to go on
 * with, the climb's `failure` says why. */
static int make_ready(struct state *state, uint64_t level, struct error *err)
{
    struct dependencies *dependencies = state->run->dependencies;
    const struct scenario *scenario = state->run->scenario;
    struct text what = {0};

    health_look(dependencies);
    bool good = health_is_good(dependencies);
    if (good && served_is_for(state->climb->served, level)) {
        return 0;
    }
    if (good) {
        progress_say(state->run->progress, "%s: a fresh process with %s=%" PRIu64, state->climb->backend,
                     scenario->variable, level);
    } else {
        health_describe(dependencies, &what);
        progress_say(state->run->progress, "%s: %s. It is made to work again, and a fresh process is started",
                     state->climb->backend, what.data);
        text_release(&what);
    }
    return start_anew(state->climb, level, !good) == 0 ? 0 : end_early(state, err);
}

/* ---- the stages, run ---- */

static int run_recovery(struct state *state, const struct policy_step *next, struct error *err)
{
    struct measured_step step;

    if (measure(state, next, &step, err) != 0) {
        return -1;
    }
    if (is_lost(&step.record)) {
        step_record_release(&step.record);
        return lose(state, next, err);
    }
    state->lost_in_a_row = 0;
    struct policy_recovery recovery = {.died = step.record.death.died,
                                       .invalid = step.verdict.verdict == VERDICT_INVALID};
    struct cold_start cold_start;
    cold_start_find(state->has_first && !recovery.invalid ? &state->first : NULL, &step.record,
                    served_core_count(state->climb->served), &cold_start);
    recovery.cold = cold_start.cold;
    if (recovery.invalid) {
        progress_say(state->run->progress, "%s: the generator or the machine was at fault in its recovery%s",
                     state->climb->backend, next->counted == 0 ? ": once more" : "");
    }
    policy_learn_recovery(&state->policy, &recovery);
    step_record_release(&step.record);
    return 0;
}

/* The first step of the ladder is kept: its record moves. */
static void keep_first(struct state *state, struct measured_step *step)
{
    if (!state->has_first && step->verdict.verdict != VERDICT_INVALID) {
        state->first = step->record;
        state->has_first = true;
    } else {
        step_record_release(&step->record);
    }
}

static int run_one(struct state *state, const struct policy_step *next, struct error *err)
{
    struct measured_step step;
    bool ladder = next->stage == POLICY_LADDER;

    if (policy_is_new_level(&state->policy, next) && write_forecast(state, &next->planned, err) != 0) {
        return -1;
    }
    if (measure(state, next, &step, err) != 0) {
        return -1;
    }
    if (is_lost(&step.record)) {
        step_record_release(&step.record);
        return lose(state, next, err);
    }
    state->lost_in_a_row = 0;
    if (ladder && next->counted == 0 && step.verdict.verdict != VERDICT_INVALID) {
        observe(state, &step);
    }
    policy_learn(&state->policy, next, &step.verdict, step.record.death.died);
    if (ladder && next->planned.index == 0 && wrong_responses_only(&step.record.load.tally)) {
        progress_say(state->run->progress, "%s: not one of its responses is right: nothing of it can be measured",
                     state->climb->backend);
        policy_give_up(&state->policy);
    }
    if (ladder && next->planned.index == 0) {
        keep_first(state, &step);
    } else {
        step_record_release(&step.record);
    }
    return 0;
}

static int run_all(struct state *state, struct error *err)
{
    enum policy_stage stage = POLICY_LADDER;
    struct policy_step next;
    int result = 0;

    while (result == 0 && policy_next(&state->policy, &next)) {
        if (next.stage != stage) {
            announce(state, &next);
            stage = next.stage;
        }
        result = make_ready(state, next.planned.level, err);
        if (result != 0 || state->climb->failure.why.kind != ERROR_NONE) {
            return result;
        }
        if (next.stage == POLICY_RECOVERY) {
            result = run_recovery(state, &next, err);
        } else {
            result = run_one(state, &next, err);
        }
    }
    return result;
}

int climb_run(struct climb *climb, struct error *err)
{
    const struct run *run = climb->run;
    struct state state = {.climb = climb,
                          .run = run,
                          .left_ns = climb->rest_ns + plan_trial_ns(run->plan, run->scenario)};

    policy_init(&state.policy, run->plan, run->scenario, climb->trial);
    int result = run_all(&state, err);
    climb->has_gap = blocks_trial_has_gap(state.policy.runs, state.policy.run_count);
    policy_bracket(&state.policy, &climb->held, &climb->broke);
    policy_release(&state.policy);
    if (state.has_first) {
        step_record_release(&state.first);
    }
    free(state.points);
    return result;
}
