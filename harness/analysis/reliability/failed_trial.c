#include "analysis/reliability/failed_trial.h"

#include "base/list.h"

#include <string.h>

size_t failed_trials_find(const struct run_log *log, const char *backend, struct failed_trial **ret_trials)
{
    size_t count = 0;

    *ret_trials = NULL;
    for (size_t i = 0; i < log->trial_count; i++) {
        const struct trial_record *record = &log->trials[i];
        if (record->failed != NULL && strcmp(record->backend, backend) == 0) {
            *list_add(*ret_trials, count) = (struct failed_trial){.trial = record->trial,
                                                                  .why = record->failed,
                                                                  .harness_fault = record->harness_fault};
        }
    }
    return count;
}
