#include "analysis/withdrawal.h"

#include "analysis/capacity/capacity.h"
#include "analysis/resource/resources.h"
#include "analysis/verdict/wrong_responses.h"
#include "contract/orders/audit_rule.h"

#include <math.h>
#include <stdlib.h>

static void withdraw(struct backend_finding *backend)
{
    capacity_release(backend);
    resources_release(backend);
    backend->holds = backend->breaks = false;
    backend->holds_at = backend->breaks_at = backend->holds_least = backend->holds_most = 0;
    backend->last_good = backend->lowest_break = backend->first_break = NULL;
    backend->capacity_low = backend->capacity_high = 0;
    backend->capacity_confidence = 0;
    backend->not_monotone = false;
    backend->capacity = NAN;
    backend->cold_start = (struct cold_start){0};
    free(backend->stalls);
    backend->stalls = NULL;
    backend->stall_count = 0;
}

/* The last run of the ladder's first step; NULL: there is none. */
static const struct step_finding *first_step(const struct backend_finding *backend)
{
    const struct step_finding *first = NULL;

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_record *record = backend->steps[i].record;
        if (record->trial == backend->standing_trial && record->phase == PHASE_LADDER && record->index == 0) {
            first = &backend->steps[i];
        }
    }
    return first;
}

/* A later step may be right where the first came too early for the service. */
static bool nothing_right(const struct backend_finding *backend)
{
    for (size_t i = 0; i < backend->step_count; i++) {
        const struct tally *tally = &backend->steps[i].record->load.tally;
        if (tally->completed > 0 && !wrong_responses_only(tally)) {
            return false;
        }
    }
    return true;
}

void withdrawal_find(const struct findings *findings, struct backend_finding *backend)
{
    const struct step_finding *first = first_step(backend);

    backend->distrusted = audit_rule_judge(findings->log, &findings->scenario, backend->record->name);
    if (first != NULL && wrong_responses_prevail(&first->record->load.tally)) {
        backend->wrong_from_start = first;
        backend->nothing_right = nothing_right(backend);
    }
    if (backend->distrusted != NULL || backend->nothing_right) {
        withdraw(backend);
    }
}
