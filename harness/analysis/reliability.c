#include "analysis/reliability.h"

#include <stddef.h>
#include <stdlib.h>

void reliability_find(const struct findings *findings, struct backend_finding *finding)
{
    const struct run_log *log = findings->log;
    const char *name = finding->record->name;

    finding->failed_trial_count = failed_trials_find(log, name, &finding->failed_trials);
    finding->death_count = process_deaths_find(log, name, &finding->deaths);
    finding->audit_gap_count = audit_gaps_find(log, &findings->scenario.needs, name, &finding->audit_gaps);
}

void reliability_release(struct backend_finding *finding)
{
    free(finding->failed_trials);
    free(finding->deaths);
    free(finding->audit_gaps);
}

bool reliability_valid(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        const struct backend_finding *backend = &findings->backends[i];
        bool left_out = backend->record->skipped != NULL && !backend->record->not_installed;
        bool wrong = backend->distrusted != NULL || backend->nothing_right;
        if (left_out || wrong || backend->failed_trial_count > 0 || backend->audit_gap_count > 0) {
            return false;
        }
    }
    return true;
}
