/* policy: what a trial runs next, out of the verdicts on what it has run. It is pure: no clock, no process, no network.
 * bench/climb drives it with real steps, and a test drives the same code with a simulated service.
 *
 * The ladder. A step that is invalid is run again once, but not where this machine had no file descriptor or port left
 * for it, which a repetition has not either. One that broke a limit, but not beyond doubt, is run again with
 * other arrivals, so that no single bad moment ends the ladder; where two runs disagree, a third decides. One that has
 * not decided, and whose requests were above a limit, is run again as well. The ladder goes on past the first break
 * until two levels in a row broke and every limit on requests has broken, or four levels in a row broke.
 *
 * The recovery: the first step's load again, once more where it is invalid. When it shows that the first steps were
 * those of a cold process (analysis/after/cold_start.h), the ladder is climbed once more, from the lowest level that
 * broke: the warm climb.
 *
 * The search, if the profile has one, halves the widest gap between the highest load that held, those that have not
 * decided, and the lowest load that broke, until no gap is wider than the profile's width; then it runs the load that
 * is the least decided again, and a break that only one run has seen.
 *
 * A step during which something failed that the service needs is lost: it is run again and comes out of no budget.
 *
 * Last, the soak, once more where it is invalid. Runs of a load that was run before come out of a budget of the
 * profile, as do the search's new loads: a trial takes at most the time that plan_trial_ns gives, and where the
 * recovery or the soak is invalid that of their repetition. */
#ifndef TWOFOLD_BENCH_POLICY_H
#define TWOFOLD_BENCH_POLICY_H

#include "analysis/capacity/levels.h"
#include "analysis/verdict/verdict.h"
#include "plan/plan.h"
#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum policy_stage {
    POLICY_LADDER,
    POLICY_RECOVERY,
    POLICY_WARM_CLIMB,
    POLICY_SEARCH,
    POLICY_SOAK,
    POLICY_DONE,
};

/* What to run. */
struct policy_step {
    enum policy_stage stage;
    struct planned_step planned;
    unsigned attempt; /* how often it was run before in this trial: the level, the recovery or the soak */
    unsigned counted; /* of these, the runs that were not lost */
};

/* One step that was run. */
struct policy_run {
    uint64_t level;
    bool warm; /* of the warm climb, or after it */
    struct step_verdict verdict;
};

struct policy {
    const struct plan *plan;
    const struct scenario *scenario;
    unsigned trial;
    enum policy_stage stage;
    struct policy_run *runs;
    size_t run_count;
    struct policy_lost {
        enum policy_stage stage;
        uint64_t level;
    } * lost; /* runs that say nothing, because something that the service needs had failed */
    size_t lost_count;
    size_t ladder_step;     /* the next one, or the one that is being repeated */
    unsigned broken;        /* levels in a row that broke, valid or not */
    unsigned repeats_left;  /* runs of a level that was run before */
    unsigned searches_left; /* new levels of the search */
    unsigned search_number; /* steps of the search so far */
    bool warmed;            /* the warm climb has begun */
    bool died;
    bool recovered_once;      /* the recovery was run: an invalid one is run once more */
    bool soaked_once, soaked; /* the soak was run, and is over: an invalid one is run once more */
};

/* The plan and the scenario are borrowed. Release with policy_release. */
void policy_init(struct policy *policy, const struct plan *plan, const struct scenario *scenario, unsigned trial);
void policy_release(struct policy *policy);

/* The next step, until false: the trial is over. The same step is given until policy_learn tells what came of it. */
bool policy_next(struct policy *policy, struct policy_step *ret_step);

/* What came of the step that policy_next gave: any but the recovery. `died`: the service's process ended. */
void policy_learn(struct policy *policy, const struct policy_step *step, const struct step_verdict *verdict, bool died);

/* The step that policy_next gave is lost: something that the service needs failed. It counts for nothing and is given
 * again, as another attempt. */
void policy_lose(struct policy *policy, const struct policy_step *step);

/* What came of the recovery. */
struct policy_recovery {
    bool cold; /* the ladder was climbed by a cold process */
    bool died;
    bool invalid; /* generator or machine were at fault */
};

void policy_learn_recovery(struct policy *policy, const struct policy_recovery *recovery);

/* Nothing that could follow would say anything about the service: the trial is over. */
void policy_give_up(struct policy *policy);

/* The highest load that held so far, and the lowest above it that broke; 0: none did. */
void policy_bracket(const struct policy *policy, uint64_t *ret_held, uint64_t *ret_broke);

/* Whether the step is the first one of its level in the ladder. */
bool policy_is_new_level(const struct policy *policy, const struct policy_step *step);

/* How the run log names the steps of the stage. Recovery and soak have records of their own, and no phase. */
enum step_phase policy_phase(enum policy_stage stage);

#endif
