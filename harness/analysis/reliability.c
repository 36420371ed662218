#include "analysis/reliability.h"

#include <stddef.h>
#include <stdlib.h>

void reliability_find(const struct findings *findings, struct backend_finding *finding)
{
    const struct run_log *log = findings->log;
    const char *name = finding->record->name;

    finding->failed_trial_count = failed_trials_find(log, name, &finding->failed_trials);
    finding->early_end_count = failed_trials_find_early(log, name, &finding->early_ends);
    finding->mending_count = mendings_find(log, name, &finding->mendings);
    finding->death_count = process_deaths_find(log, name, &finding->deaths);
    if (backend_record_is_sample(finding->record)) {
        finding->audit_gap_count = audit_gaps_find(log, &findings->scenario.needs, name, &finding->audit_gaps);
    }
}

void reliability_release(struct backend_finding *finding)
{
    free(finding->failed_trials);
    free(finding->early_ends);
    free(finding->mendings);
    free(finding->deaths);
    audit_gaps_free(finding->audit_gaps, finding->audit_gap_count);
}

/* Whether the service has the result that was asked for. */
static bool has_result(const struct backend_finding *backend)
{
    bool left_out = backend->record->skipped != NULL && !backend->record->not_installed;
    bool wrong = backend->distrusted != NULL || backend->nothing_right;
    bool cut = backend->failed_trial_count > 0 || backend->early_end_count > 0;

    return !left_out && !wrong && !cut && backend->audit_gap_count == 0 && !backend->all_invalid;
}

bool reliability_valid(const struct findings *findings)
{
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (!has_result(&findings->backends[i])) {
            return false;
        }
    }
    return true;
}
