/* capacity: the highest load that a service holds, out of the verdicts on its steps. This is the one rule for it: the
 * bench asks it while a trial runs, everything that is reported asks it afterwards. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_CAPACITY_H
#define TWOFOLD_ANALYSIS_CAPACITY_CAPACITY_H

#include "analysis/capacity/levels.h"
#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct capacity {
    size_t broke; /* index of the step that stands for the lowest level that broke; LEVELS_NONE: none broke */
    size_t held;  /* index of the step that stands for the highest level that held below it; LEVELS_NONE: none did */
    bool not_monotone; /* a level above the lowest break held, or one below the capacity broke */
};

/* The rule, over the steps of one trial in any order: all limits together, by analysis/capacity/levels.h. Invalid steps
 * say nothing. */
void capacity_of_steps(const struct judged_step *steps, size_t count, struct capacity *ret_capacity);

/* The same over the steps of one trial, which must outlive the result, with what they say of each limit. */
void capacity_of_trial(const struct step_finding *steps, size_t count, struct trial_capacity *ret_capacity);

/* Whether step number `step` of the trial does not count, because a cold process ran it, and the warm climb or the
 * search after it ran the same load. */
bool capacity_was_cold(const struct step_finding *steps, size_t count, size_t step);

/* Fills everything in `finding` that follows from the verdicts on its steps, which are there by trial, then by index.
 * Release with capacity_release, which leaves the steps. */
void capacity_find(struct backend_finding *finding);
void capacity_release(struct backend_finding *finding);

/* Whether at least one of its steps says what the service holds. NULL says nothing. */
bool capacity_judged(const struct backend_finding *finding);

/* What the service did in the trial of this number; NULL: it was not judged in it. */
const struct trial_capacity *capacity_in(const struct backend_finding *finding, unsigned trial);

/* The last step of the trial at this level, if it passed; otherwise NULL. */
const struct step_finding *capacity_pass_at(const struct trial_capacity *trial, uint64_t level);

/* Whether the step shows that the service holds its level: a step of the ladder that passed, no higher than the
 * capacity. */
bool capacity_shows(const struct backend_finding *finding, const struct step_finding *step);

/* The highest level of the ladder that each of the services is shown to hold; 0: there is none. NULL and services that
 * were not judged are left out. */
uint64_t capacity_common_level(const struct backend_finding *const *services, size_t count);

/* A load of `rps` requests/s as a share of what the reference service did in the same run
 * (analysis/capacity/reference.h). NAN when the run has no calibration, or when something else than traffic doubles: a
 * ladder of ever harder requests at one rate has no such ratio. NAN for an `rps` of NAN. */
double capacity_relative(const struct findings *findings, double rps);

/* The same for a load of one trial, as a share of what it did right before the trials of that number. */
double capacity_relative_in(const struct findings *findings, unsigned trial, double rps);

/* Whether step number `step`, which is invalid, was run once more. Then only the repetition, which follows it, counts.
 */
bool capacity_repeated(const struct backend_finding *finding, size_t step);

#endif
