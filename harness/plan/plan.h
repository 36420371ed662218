/* plan: a scenario made explicit: the row of steps one trial climbs, and the order in which backends take their trials.
 * Doubling ends here; whoever runs a step only sees its numbers. */
#ifndef TWOFOLD_PLAN_PLAN_H
#define TWOFOLD_PLAN_PLAN_H

#include "base/text.h"
#include "plan/profile.h"
#include "plan/scenario/scenario.h"
#include "plan/step.h"

#include <stddef.h>
#include <stdint.h>

struct plan {
    struct planned_step *steps;
    size_t step_count;
    size_t *order; /* trial_count blocks of backend_count indices: who runs next; blocks are seeded shuffles */
    size_t trial_count, backend_count;
    enum profile profile;
    struct planned_step recovery; /* the first step's load for a longer time, in more intervals, without settling */
};

struct plan_options {
    size_t backend_count;
    size_t trial_count; /* at least 1 */
    enum profile profile;
};

void plan_make(struct plan *plan, const struct scenario *scenario, const struct plan_options *options);
void plan_release(struct plan *plan);

/* The step number `number` (0, 1, …) of a search, at `level`. The same level has the same schedule whoever searches. */
void plan_search_step(const struct plan *plan, const struct scenario *scenario, unsigned number, uint64_t level,
                      struct planned_step *ret_step);

/* The soak of a service that held `holds`, the highest level below its lowest break: the scenario's share of it, steady
 * whatever the steps are, and at least 1. Only where the scenario has a soak. */
void plan_soak_step(const struct plan *plan, const struct scenario *scenario, uint64_t holds,
                    struct planned_step *ret_step);

/* The longest the steps can take in all: every ladder climbed to its top, then the recovery, a search over one doubling
 * and the soak, each step with its deadline behind it. Steps that have to be run again take longer. */
uint64_t plan_longest_ns(const struct plan *plan, const struct scenario *scenario);

/* The same for one trial, for its search alone, and for its soak alone (0: it has none). */
uint64_t plan_trial_ns(const struct plan *plan, const struct scenario *scenario);
uint64_t plan_search_ns(const struct plan *plan, const struct scenario *scenario);
uint64_t plan_soak_ns(const struct plan *plan, const struct scenario *scenario);

/* What `twofold plan` prints: the steps with their levels, requests and times, and the time in all. */
void plan_describe(const struct plan *plan, const struct scenario *scenario, struct text *out);

#endif
