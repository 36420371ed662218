#include "analysis/reliability/failed_trial.h"

#include "base/list.h"

#include <string.h>

struct failed_trials {
    struct failed_trial *trials;
    size_t count;
};

static void add(struct failed_trials *list, const struct trial_record *record, const char *why)
{
    *list_add(list->trials, list->count) =
        (struct failed_trial){.trial = record->trial, .why = why, .harness_fault = record->harness_fault};
}

size_t failed_trials_find(const struct run_log *log, const char *backend, struct failed_trial **ret_trials)
{
    struct failed_trials list = {0};

    for (size_t i = 0; i < log->trial_count; i++) {
        const struct trial_record *record = &log->trials[i];
        if (record->failed != NULL && strcmp(record->backend, backend) == 0) {
            add(&list, record, record->failed);
        }
    }
    *ret_trials = list.trials;
    return list.count;
}

size_t failed_trials_find_early(const struct run_log *log, const char *backend, struct failed_trial **ret_trials)
{
    struct failed_trials list = {0};

    for (size_t i = 0; i < log->trial_count; i++) {
        const struct trial_record *record = &log->trials[i];
        if (record->ended_early != NULL && strcmp(record->backend, backend) == 0) {
            add(&list, record, record->ended_early);
        }
    }
    *ret_trials = list.trials;
    return list.count;
}
