#include "analysis/capacity/stalls.h"

#include "analysis/capacity/capacity.h"
#include "base/list.h"

/* The limit on requests that the step was above, the first one by when it was violated. */
static bool violated(const struct step_finding *step, const struct limits *limits, struct stall_finding *stall)
{
    bool found = false;

    for (size_t i = 0; i < LIMITS_ON_REQUESTS; i++) {
        if (step->verdict.limits[limits_on_requests[i]].over) {
            uint64_t at_ns = breach_first_ns(step->record, limits, limits_on_requests[i]);
            if (!found || at_ns < stall->at_ns) {
                stall->limit = limits_on_requests[i];
                stall->at_ns = at_ns;
            }
            found = true;
        }
    }
    return found;
}

void stalls_find(struct backend_finding *finding, const struct limits *limits)
{
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct step_finding *step = &finding->steps[i];
        const struct trial_capacity *trial = capacity_in(finding, step->record->trial);
        bool counts = trial != NULL && step->verdict.verdict != VERDICT_INVALID && !step->record->death.died;
        struct stall_finding stall = {.trial = step->record->trial,
                                      .level = step->record->level,
                                      .length_ns = step->record->load.response.max,
                                      .step = step};
        if (counts && step->record->level <= trial->holds_at && violated(step, limits, &stall)) {
            uint64_t interval_ns = step->record->load.interval_ns;
            stall.at_ns = stall.at_ns > interval_ns ? stall.at_ns - interval_ns : 0;
            *list_add(finding->stalls, finding->stall_count) = stall;
        }
    }
}
