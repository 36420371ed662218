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

void reliability_warnings_find(struct findings *findings, const struct backend_finding *backend)
{
    warn_of_failed_trials(findings, backend);
    warn_of_audit_gaps(findings, backend);
}
