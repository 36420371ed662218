#include "analysis/reliability/audit_gap.h"

#include "base/list.h"

#include <stdbool.h>
#include <string.h>

static const struct audit_record *audit_of(const struct run_log *log, const struct trial_record *trial)
{
    for (size_t i = 0; i < log->audit_count; i++) {
        const struct audit_record *audit = &log->audits[i];
        if (audit->trial == trial->trial && strcmp(audit->backend, trial->backend) == 0) {
            return audit;
        }
    }
    return NULL;
}

static bool was_made(const struct audit_record *audit, const struct needs *needs)
{
    return audit != NULL && (!needs->upstream || audit->upstream.counted) &&
           (!needs->database || audit->database.counted);
}

size_t audit_gaps_find(const struct run_log *log, const struct needs *needs, const char *backend,
                       struct audit_gap **ret_gaps)
{
    size_t count = 0;

    *ret_gaps = NULL;
    for (size_t i = 0; i < log->trial_count && (needs->upstream || needs->database); i++) {
        const struct trial_record *trial = &log->trials[i];
        if (trial->failed != NULL || strcmp(trial->backend, backend) != 0) {
            continue;
        }
        const struct audit_record *audit = audit_of(log, trial);
        if (!was_made(audit, needs)) {
            *list_add(*ret_gaps, count) =
                (struct audit_gap){.trial = trial->trial, .why = audit != NULL ? audit->not_counted : NULL};
        }
    }
    return count;
}
