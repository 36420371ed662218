/* ladder: where a backend holds and where it breaks, out of the verdicts on its steps. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_CAPACITY_H
#define TWOFOLD_ANALYSIS_CAPACITY_CAPACITY_H

#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* One climb: what one trial showed. */
struct trial_capacity {
    const struct step_finding *last_good;    /* NULL: none */
    const struct step_finding *lowest_break; /* what capacity ends at; NULL: none */
    const struct step_finding *first_break;  /* the ladder's, whose break is told */
    unsigned trial;
    bool not_monotone;
    bool said_something; /* at least one step was valid */
};

/* Of the steps of one trial. */
struct trial_capacity capacity_of_trial(const struct step_finding *steps, size_t count);

/* Behind the last step of the trial that begins with step `from`. */
size_t capacity_trial_end(const struct backend_finding *finding, size_t from);

/* Fill everything in `finding` that follows from its steps (which are there, by trial, then index). */
void capacity_find(struct backend_finding *finding);

/* Whether the step was run once more, as an invalid one is: then only the repetition, which follows it, counts. */
bool capacity_repeated(const struct backend_finding *finding, size_t step);

#endif
