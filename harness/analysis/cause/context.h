/* context: what is known around a step whose cause is looked for: the other steps of its trial, and what the service
 * was like before them. Some causes do not show in one step: what stays flat while the load doubles, what returns at
 * regular distances, memory that was taken before the step began. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_CONTEXT_H
#define TWOFOLD_ANALYSIS_CAUSE_CONTEXT_H

#include "analysis/usage/step_usage.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A step of the trial. Record and usage are borrowed. */
struct context_step {
    const struct step_record *record;
    const struct step_usage *usage;
    bool valid; /* it says something of the service */
};

struct cause_context {
    const struct context_step *steps; /* of the trial, the step itself among them, in any order; borrowed */
    size_t step_count;
    uint64_t idle_bytes; /* memory before any load; 0: not known */
    bool cores_shared;   /* the generator ran on the service's cores, where its work is not foreign */
};

/* The valid step with the highest level among those with at most half of this step's, or with the lowest among those
 * with at least twice as much. NULL: the trial has none. */
const struct context_step *context_lower(const struct cause_context *context, const struct step_record *step);
const struct context_step *context_higher(const struct cause_context *context, const struct step_record *step);

#endif
