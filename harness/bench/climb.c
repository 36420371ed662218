#include "bench/climb.h"

#include "base/list.h"
#include "bench/dependency/audit.h"
#include "bench/step.h"
#include "plan/search.h"

#include <stdlib.h>

/* How many steps in a row must fail before the ladder is given up: one may be a bad moment. */
#define FAILURES_IN_A_ROW 2

/* ---- one step ---- */

static uint64_t time_of(const struct climb *climb, const struct planned_step *planned)
{
    return planned->warmup_ns + planned->measure_ns + climb->trial->scenario->deadline_ns;
}

static void pass_time(struct climb *climb, uint64_t ns)
{
    uint64_t *left_ns = &climb->trial->left_ns;
    *left_ns = *left_ns > ns ? *left_ns - ns : 0;
}

static int run_step(struct climb *climb, const struct planned_step *planned, enum step_phase phase,
                    struct step_record *ret_step, struct error *err)
{
    const struct trial *trial = climb->trial;

    int result = step_run(&(struct step_run){.instance = climb->instance,
                                             .loader = climb->loader,
                                             .dependencies = trial->dependencies,
                                             .planned = planned,
                                             .backend = trial->record->name,
                                             .trial = trial->number,
                                             .phase = phase,
                                             .progress = trial->progress,
                                             .left_ns = trial->left_ns,
                                             .stop = trial->stop},
                          ret_step, err);
    if (result == 0) {
        audit_add(trial->audit, &ret_step->load);
    }
    return result;
}

static void tell(const struct climb *climb, const struct step_record *step, const struct step_verdict *verdict)
{
    const struct trial *trial = climb->trial;
    struct host_usage host;

    host_usage_find(step, core_set_count(&trial->cores->split.service), &host);
    trial->progress->step(trial->progress->context, step, verdict, &host, trial->left_ns);
}

/* Where a step stands in the log. */
struct place {
    enum step_phase phase;
    int (*write)(struct run_writer *writer, const struct step_record *record, struct error *err);
};

static const struct place in_ladder = {PHASE_LADDER, run_writer_step};
static const struct place in_search = {PHASE_SEARCH, run_writer_step};
static const struct place in_soak = {PHASE_LADDER, run_writer_soak};

/* What came of a step that was run again where it was invalid: its last record, which the caller releases, judged. */
static int run_judged(struct climb *climb, const struct planned_step *planned, const struct place *place,
                      struct step_record *ret_step, struct step_verdict *ret_verdict, struct error *err)
{
    const struct trial *trial = climb->trial;

    for (int tries = 0;; tries++) {
        struct step_record step;
        if (run_step(climb, planned, place->phase, &step, err) != 0) {
            return -1;
        }
        int result = place->write(trial->writer, &step, err);
        climb->died = step.death.died;
        verdict_judge(&step, &trial->scenario->limits, &trial->scenario->traffic, trial->cores->split.shared,
                      ret_verdict);
        bool again = ret_verdict->verdict == VERDICT_INVALID && tries == 0 && !climb->died;
        pass_time(climb, again ? 0 : time_of(climb, planned));
        tell(climb, &step, ret_verdict);
        if (result == 0 && !again) {
            *ret_step = step;
            return 0;
        }
        step_record_release(&step);
        if (result != 0) {
            return -1;
        }
    }
}

/* ---- the ladder ---- */

static int write_forecast(struct climb *climb, const struct planned_step *planned, struct error *err)
{
    const struct trial *trial = climb->trial;
    const struct forecast_terms terms = {.scenario = trial->scenario,
                                         .service_core_count = core_set_count(&trial->cores->split.service),
                                         .step_ns = planned->warmup_ns + planned->measure_ns};
    struct forecast_record record = {.backend = trial->record->name,
                                     .trial = trial->number,
                                     .index = planned->index,
                                     .level = planned->level};

    forecast_make(climb->points, climb->point_count, planned->level, &terms, &record.expected);
    return run_writer_forecast(trial->writer, &record, err);
}

static void remember(struct climb *climb, uint64_t level, enum verdict verdict)
{
    *list_add(climb->outcomes, climb->outcome_count) = (struct judged_level){.level = level, .verdict = verdict};
}

static void observe(struct climb *climb, const struct step_record *step)
{
    struct forecast_point *point = list_add(climb->points, climb->point_count);

    forecast_observe(step, core_set_count(&climb->trial->cores->split.service), point);
}

static int run_ladder(struct climb *climb, struct error *err)
{
    const struct plan *plan = climb->trial->plan;

    for (size_t i = 0; i < plan->step_count && !climb->died && climb->broken < FAILURES_IN_A_ROW; i++) {
        struct step_record step;
        struct step_verdict verdict;
        if (write_forecast(climb, &plan->steps[i], err) != 0 ||
            run_judged(climb, &plan->steps[i], &in_ladder, &step, &verdict, err) != 0) {
            return -1;
        }
        if (verdict.verdict != VERDICT_INVALID) {
            remember(climb, step.level, verdict.verdict);
            observe(climb, &step);
        }
        climb->broken = verdict.breach_count > 0 ? climb->broken + 1 : 0;
        step_record_release(&step);
    }
    return 0;
}

/* ---- after it ---- */

static int run_recovery(struct climb *climb, struct error *err)
{
    const struct planned_step *planned = &climb->trial->plan->recovery;
    struct step_record step;

    climb->trial->left_ns = climb->trial->rest_ns + time_of(climb, planned) +
                            plan_search_ns(climb->trial->plan, climb->trial->scenario) +
                            plan_soak_ns(climb->trial->plan, climb->trial->scenario);
    progress_say(climb->trial->progress, "%s: the first step's load again, to see it recover",
                 climb->trial->record->name);
    if (run_step(climb, planned, PHASE_LADDER, &step, err) != 0) {
        return -1;
    }
    climb->died = step.death.died;
    pass_time(climb, time_of(climb, planned));
    int result = run_writer_recovery(climb->trial->writer, &step, err);
    step_record_release(&step);
    return result;
}

/* The highest level that held below the lowest that broke; *ret_breaks is that one. 0: none. */
static uint64_t highest_held(const struct climb *climb, uint64_t *ret_breaks)
{
    struct capacity capacity;

    capacity_of_levels(climb->outcomes, climb->outcome_count, &capacity);
    *ret_breaks = capacity.broke != CAPACITY_NONE ? climb->outcomes[capacity.broke].level : 0;
    return capacity.held != CAPACITY_NONE ? climb->outcomes[capacity.held].level : 0;
}

static void begin_search(const struct climb *climb, struct search *search)
{
    uint64_t breaks, holds = highest_held(climb, &breaks);

    search_init(search, holds, breaks, profile_width(climb->trial->plan->profile));
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

static int run_search(struct climb *climb, struct error *err)
{
    const struct trial *trial = climb->trial;
    struct search search;
    unsigned number = 0;

    begin_search(climb, &search);
    if (search_next(&search) != 0) {
        progress_say(trial->progress, "%s: searching between what held and what broke", trial->record->name);
    }
    for (uint64_t level; (level = search_next(&search)) != 0 && !climb->died; number++) {
        struct planned_step planned;
        struct step_record step;
        struct step_verdict verdict;
        plan_search_step(trial->plan, trial->scenario, number, level, &planned);
        if (run_judged(climb, &planned, &in_search, &step, &verdict, err) != 0) {
            return -1;
        }
        learn(&search, level, verdict.verdict);
        if (verdict.verdict != VERDICT_INVALID) {
            remember(climb, level, verdict.verdict);
        }
        step_record_release(&step);
    }
    return 0;
}

static int run_soak(struct climb *climb, struct error *err)
{
    struct trial *trial = climb->trial;
    uint64_t breaks, holds = highest_held(climb, &breaks);
    struct planned_step planned;
    struct step_record step;
    struct step_verdict verdict;

    if (trial->scenario->soak.share <= 0 || holds == 0) {
        return 0;
    }
    plan_soak_step(trial->plan, trial->scenario, holds, &planned);
    trial->left_ns = trial->rest_ns + time_of(climb, &planned);
    progress_say(trial->progress, "%s: a steady load for %.3g s, to see whether its memory grows", trial->record->name,
                 (double)planned.measure_ns / 1e9);
    if (run_judged(climb, &planned, &in_soak, &step, &verdict, err) != 0) {
        return -1;
    }
    step_record_release(&step);
    return 0;
}

int climb_run(struct climb *climb, struct error *err)
{
    int result;

    climb->trial->left_ns = climb->trial->rest_ns + plan_trial_ns(climb->trial->plan, climb->trial->scenario);
    result = run_ladder(climb, err);

    if (result == 0 && !climb->died) {
        result = run_recovery(climb, err);
    }
    if (result == 0 && !climb->died) {
        result = run_search(climb, err);
    }
    if (result == 0 && !climb->died) {
        result = run_soak(climb, err);
    }
    free(climb->outcomes);
    free(climb->points);
    climb->outcomes = NULL;
    climb->points = NULL;
    return result;
}
