/* failed_trial: the trials of a service that have no steps, and those that ended before all of them. That a service
 * does not start is a result of its own; that the harness could not run the trial is none of the service's. */
#ifndef TWOFOLD_ANALYSIS_RELIABILITY_FAILED_TRIAL_H
#define TWOFOLD_ANALYSIS_RELIABILITY_FAILED_TRIAL_H

#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>

struct failed_trial {
    unsigned trial;
    const char *why;    /* borrowed from the run log */
    bool harness_fault; /* as in struct trial_record; false: the service did not start */
};

/* Those of the service, in the order in which they ended. Returns their number; the caller frees the array. */
size_t failed_trials_find(const struct run_log *log, const char *backend, struct failed_trial **ret_trials);

/* The same of those with steps that ended early, because the service did not start again after a dependency was mended,
 * or could not be loaded. */
size_t failed_trials_find_early(const struct run_log *log, const char *backend, struct failed_trial **ret_trials);

#endif
