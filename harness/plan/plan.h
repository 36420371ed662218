/* plan: a scenario made explicit: the steps that one trial climbs, and the order in which services take their trials.
 * The doubling ends here; whatever runs a step only sees its numbers (step.h). */
#ifndef TWOFOLD_PLAN_PLAN_H
#define TWOFOLD_PLAN_PLAN_H

#include "base/text.h"
#include "plan/profile.h"
#include "plan/scenario/scenario.h"
#include "plan/step.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The warm-up of a step is never too short to open the connections that the step keeps open, or for the users of
 * sessions to have come to all of their steps (user_session_think_ns). That of the ladder's first
 * step is at least 4 s or the scenario's measured time, whichever is less, because its process is a fresh one. */
struct plan {
    struct planned_step *steps; /* of the ladder, from the lowest */
    size_t step_count;
    size_t *order; /* who runs next: trial_count + spare_count blocks of backend_count indices (plan/order.h) */
    size_t trial_count, backend_count;
    size_t spare_count; /* blocks that may be run on top, where steps stayed invalid (bench/blocks.h): a third of six
                         * trials or more; 0: there are fewer */
    enum profile profile;
    struct planned_step recovery; /* the first step's load for longer, in more intervals, without a warm-up */
};

struct plan_options {
    size_t backend_count;
    size_t trial_count; /* at least 1 */
    enum profile profile;
};

/* Make the plan; release it with plan_release. The scenario is not kept. */
void plan_make(struct plan *plan, const struct scenario *scenario, const struct plan_options *options);
void plan_release(struct plan *plan);

/* The seed of a step's schedule and values: another one for each trial and for each attempt at the step (0, 1, …), so
 * that what a repetition says does not depend on the same arrivals, and the same one for all services, so that those of
 * a block differ by nothing else. `stream` is that of the planned step. */
uint64_t plan_step_seed(const struct scenario *scenario, uint64_t stream, unsigned trial, unsigned attempt);

/* Gives the planned step the seed of that trial and attempt. A step has that of trial 0 and attempt 0 when it is made.
 */
void plan_seed_step(const struct scenario *scenario, unsigned trial, unsigned attempt, struct planned_step *step);

/* Step number `number` (0, 1, …) of a search, at `level`. The same level has the same schedule for every service. */
void plan_search_step(const struct plan *plan, const struct scenario *scenario, unsigned number, uint64_t level,
                      struct planned_step *ret_step);

/* The soak of a service whose highest level that held, below its lowest break, is `holds`: a steady load at the
 * scenario's share of that level, at least 1. The scenario must have a soak. */
void plan_soak_step(const struct plan *plan, const struct scenario *scenario, uint64_t holds,
                    struct planned_step *ret_step);

/* Whether the first step's load is run again after the ladder. Where each level has a fresh process there is none that
 * could recover. */
bool plan_has_recovery(const struct scenario *scenario);

/* How many new loads a search runs at most; 0: the profile has no search. */
unsigned plan_search_steps(const struct plan *plan);

/* The longest that all steps can take together: every ladder climbed to its top, all repeats, the recovery, the search
 * and the soak, each step followed by its deadline. A warm climb comes on top. UINT64_MAX where the sum does not fit.
 */
uint64_t plan_longest_ns(const struct plan *plan, const struct scenario *scenario);

/* The same for one trial, for its search, for its repeats, and for its soak (0: it has none). */
uint64_t plan_trial_ns(const struct plan *plan, const struct scenario *scenario);
uint64_t plan_search_ns(const struct plan *plan, const struct scenario *scenario);
uint64_t plan_repeats_ns(const struct plan *plan, const struct scenario *scenario);
uint64_t plan_soak_ns(const struct plan *plan, const struct scenario *scenario);

/* The longest that the spare blocks can take on top; 0: there are none. UINT64_MAX where it does not fit. */
uint64_t plan_spare_ns(const struct plan *plan, const struct scenario *scenario);

/* Append what `twofold plan` prints: the steps with their levels, requests and times, and the longest time of all. */
void plan_describe(const struct plan *plan, const struct scenario *scenario, struct text *out);

#endif
