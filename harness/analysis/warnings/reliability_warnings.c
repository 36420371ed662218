#include "analysis/warnings/reliability_warnings.h"

#include "analysis/warnings/warning_list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>

/* The first failed trial of this kind; NULL: there is none. */
static const struct failed_trial *first_failed(const struct backend_finding *backend, bool harness_fault,
                                               size_t *ret_count)
{
    const struct failed_trial *first = NULL;

    *ret_count = 0;
    for (size_t i = 0; i < backend->failed_trial_count; i++) {
        const struct failed_trial *failed = &backend->failed_trials[i];
        if (failed->harness_fault == harness_fault) {
            first = first != NULL ? first : failed;
            ++*ret_count;
        }
    }
    return first;
}

static void warn_of_failed_trials(struct findings *findings, const struct backend_finding *backend)
{
    const char *name = backend->record->name;
    size_t all = backend->trials + backend->failed_trial_count, count;
    const struct failed_trial *failed = first_failed(backend, false, &count);

    if (failed != NULL) {
        warning_add(findings, WARNING_TRIAL,
                    mem_format("%s did not start in %zu of its %zu trials; in trial %u: %s", name, count, all,
                               failed->trial + 1, failed->why),
                    NULL);
    }
    failed = first_failed(backend, true, &count);
    if (failed != NULL) {
        warning_add(findings, WARNING_TRIAL,
                    mem_format("%zu of the %zu trials of %s could not be run, which is not its doing; trial %u: %s",
                               count, all, name, failed->trial + 1, failed->why),
                    NULL);
    }
}

static void warn_of_audit_gaps(struct findings *findings, const struct backend_finding *backend)
{
    struct text trials = {0};
    const char *why = NULL;

    for (size_t i = 0; i < backend->audit_gap_count; i++) {
        const struct audit_gap *gap = &backend->audit_gaps[i];
        text_format(&trials, "%s%u", i > 0 ? ", " : "", gap->trial + 1);
        why = why != NULL ? why : gap->why;
    }
    if (backend->audit_gap_count > 0) {
        warning_add(findings, WARNING_AUDIT,
                    mem_format("whether the responses of %s in trial %s add up with what its dependencies hold is not "
                               "known%s%s",
                               backend->record->name, trials.data, why != NULL ? ": " : "", why != NULL ? why : ""),
                    NULL);
    }
    text_release(&trials);
}

static void warn_of_early_ends(struct findings *findings, const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->early_end_count; i++) {
        const struct failed_trial *early = &backend->early_ends[i];
        warning_add(findings, WARNING_TRIAL,
                    mem_format("trial %u of %s has fewer steps than it wanted: after a dependency was mended, %s: %s",
                               early->trial + 1, backend->record->name,
                               early->harness_fault ? "it could not be loaded again" : "it did not start again",
                               early->why),
                    NULL);
    }
}

/* Of a dependency that failed in a step, the step tells. */
static bool is_told(const struct backend_finding *backend, const struct mending *mending)
{
    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_finding *step = &backend->steps[i];
        bool same = step->record->trial == mending->trial && step->record->level == mending->level;
        if (mending->inside_trial && same && dependency_faults_any(&step->verdict.faults)) {
            return true;
        }
    }
    return false;
}

static void warn_of_mendings(struct findings *findings, const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->mending_count; i++) {
        const struct mending *mending = &backend->mendings[i];
        struct text text = {0};
        if (is_told(backend, mending)) {
            continue;
        }
        text_format(&text, "before %s trial %u of %s, ", mending->inside_trial ? "a step of" : "the first step of",
                    mending->trial + 1, backend->record->name);
        dependency_faults_phrase(&text, &mending->what);
        text_add(&text, "; it was made to work again, and the service was started anew");
        warning_add(findings, WARNING_RUN, text_take(&text), NULL);
    }
}

static void warn_of_no_result(struct findings *findings, const struct backend_finding *backend)
{
    if (backend->all_invalid) {
        warning_add(findings, WARNING_GENERATOR,
                    mem_format("%s has no result: none of its %zu steps says anything about it", backend->record->name,
                               backend->step_count),
                    NULL);
    }
}

void reliability_warnings_find(struct findings *findings, const struct backend_finding *backend)
{
    warn_of_no_result(findings, backend);
    warn_of_failed_trials(findings, backend);
    warn_of_early_ends(findings, backend);
    warn_of_audit_gaps(findings, backend);
    warn_of_mendings(findings, backend);
}
