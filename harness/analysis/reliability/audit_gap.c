#include "analysis/reliability/audit_gap.h"

#include "analysis/reliability/mending.h"
#include "analysis/verdict/dependency_faults.h"
#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stdlib.h>
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
    return (!needs->upstream || audit->upstream.counted) && (!needs->database || audit->database.counted);
}

/* A dependency that fails in a step is mended before the next one, also in files that do not say so there. */
static void add_failed(const struct step_record *steps, size_t count, const struct trial_record *trial,
                       struct dependency_faults *all)
{
    for (size_t i = 0; i < count; i++) {
        struct dependency_faults failed;
        if (steps[i].trial == trial->trial && strcmp(steps[i].backend, trial->backend) == 0) {
            dependency_faults_find(&steps[i], &failed);
            dependency_faults_add(all, &failed);
        }
    }
}

static void add_mended(const struct run_log *log, const struct trial_record *trial, struct dependency_faults *all)
{
    struct mending *mendings;
    size_t count = mendings_find(log, trial->backend, &mendings);

    for (size_t i = 0; i < count; i++) {
        if (mendings[i].trial == trial->trial && mendings[i].inside_trial) {
            dependency_faults_add(all, &mendings[i].what);
        }
    }
    free(mendings);
}

/* Why the audit of the trial does not cover all of it; NULL: it does. */
static char *why_partial(const struct run_log *log, const struct trial_record *trial)
{
    struct dependency_faults all = {0};
    struct text why = {0};

    add_failed(log->steps, log->step_count, trial, &all);
    add_failed(log->recoveries, log->recovery_count, trial, &all);
    add_failed(log->soaks, log->soak_count, trial, &all);
    add_mended(log, trial, &all);
    if (!dependency_faults_any(&all)) {
        return NULL;
    }
    dependency_faults_phrase(&why, &all);
    text_add(&why, ", and only what came after it was mended is counted");
    return text_take(&why);
}

static bool is_gap(const struct run_log *log, const struct needs *needs, const struct trial_record *trial,
                   char **ret_why)
{
    const struct audit_record *audit = audit_of(log, trial);

    *ret_why = NULL;
    if (audit == NULL) {
        *ret_why = mem_string(trial->ended_early != NULL ? "the trial ended early" : NULL);
        return true;
    }
    if (!was_made(audit, needs)) {
        *ret_why = mem_string(audit->not_counted);
        return true;
    }
    *ret_why = why_partial(log, trial);
    return *ret_why != NULL;
}

size_t audit_gaps_find(const struct run_log *log, const struct needs *needs, const char *backend,
                       struct audit_gap **ret_gaps)
{
    size_t count = 0;

    *ret_gaps = NULL;
    for (size_t i = 0; i < log->trial_count && (needs->upstream || needs->database); i++) {
        const struct trial_record *trial = &log->trials[i];
        char *why;
        if (trial->failed == NULL && strcmp(trial->backend, backend) == 0 && is_gap(log, needs, trial, &why)) {
            *list_add(*ret_gaps, count) = (struct audit_gap){.trial = trial->trial, .why = why};
        }
    }
    return count;
}

void audit_gaps_free(struct audit_gap *gaps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        free(gaps[i].why);
    }
    free(gaps);
}
