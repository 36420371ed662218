#include "analysis/capacity/capacity.h"

#include "base/list.h"
#include "stats/sample.h"

#include <stdlib.h>

static uint64_t level_of(const struct step_finding *step)
{
    return step == NULL ? 0 : step->record->level;
}

/* The first one of two at the same level. */
static const struct step_finding *lower_of(const struct step_finding *lowest, const struct step_finding *step)
{
    return lowest == NULL || level_of(step) < level_of(lowest) ? step : lowest;
}

struct trial_capacity capacity_of_trial(const struct step_finding *steps, size_t count)
{
    struct trial_capacity climb = {.trial = count > 0 ? steps[0].record->trial : 0};

    for (size_t i = 0; i < count; i++) {
        bool breaks = steps[i].verdict.verdict == VERDICT_BREAK;
        climb.lowest_break = breaks ? lower_of(climb.lowest_break, &steps[i]) : climb.lowest_break;
        if (breaks && steps[i].record->phase == PHASE_LADDER) {
            climb.first_break = lower_of(climb.first_break, &steps[i]);
        }
        climb.said_something = climb.said_something || steps[i].verdict.verdict != VERDICT_INVALID;
    }
    for (size_t i = 0; i < count; i++) {
        if (steps[i].verdict.verdict != VERDICT_PASS) {
            continue;
        }
        if (climb.lowest_break != NULL && level_of(&steps[i]) >= level_of(climb.lowest_break)) {
            climb.not_monotone = climb.not_monotone || level_of(&steps[i]) > level_of(climb.lowest_break);
        } else if (climb.last_good == NULL || level_of(&steps[i]) > level_of(climb.last_good)) {
            climb.last_good = &steps[i];
        }
    }
    climb.first_break = climb.first_break != NULL ? climb.first_break : climb.lowest_break;
    return climb;
}

/* By what held, then by what broke, where no break is the highest; then in the order of the trials. */
static int by_capacity(const void *left, const void *right)
{
    const struct trial_capacity *a = left, *b = right;
    uint64_t a_holds = level_of(a->last_good), b_holds = level_of(b->last_good);
    uint64_t a_breaks = a->lowest_break == NULL ? UINT64_MAX : level_of(a->lowest_break);
    uint64_t b_breaks = b->lowest_break == NULL ? UINT64_MAX : level_of(b->lowest_break);

    if (a_holds != b_holds) {
        return a_holds < b_holds ? -1 : 1;
    }
    if (a_breaks != b_breaks) {
        return a_breaks < b_breaks ? -1 : 1;
    }
    return (a->trial > b->trial) - (a->trial < b->trial);
}

size_t capacity_trial_end(const struct backend_finding *finding, size_t from)
{
    size_t end = from;
    while (end < finding->step_count && finding->steps[end].record->trial == finding->steps[from].record->trial) {
        end++;
    }
    return end;
}

static struct trial_capacity *climbs_of(struct backend_finding *finding, size_t *ret_count)
{
    struct trial_capacity *climbs = NULL;
    size_t count = 0;

    for (size_t from = 0, to; from < finding->step_count; from = to) {
        to = capacity_trial_end(finding, from);
        struct trial_capacity climb = capacity_of_trial(finding->steps + from, to - from);
        finding->trials++;
        finding->not_monotone = finding->not_monotone || climb.not_monotone;
        if (climb.said_something) {
            *list_add(climbs, count) = climb;
        }
    }
    *ret_count = count;
    return climbs;
}

bool capacity_repeated(const struct backend_finding *finding, size_t step)
{
    const struct step_record *record = finding->steps[step].record;
    const struct step_record *next = step + 1 < finding->step_count ? finding->steps[step + 1].record : NULL;
    return next != NULL && next->trial == record->trial && next->index == record->index;
}

void capacity_find(struct backend_finding *finding)
{
    size_t count, low, high;
    struct trial_capacity *climbs = climbs_of(finding, &count);

    finding->all_invalid = finding->step_count > 0 && count == 0;
    if (count > 0) {
        qsort(climbs, count, sizeof *climbs, by_capacity);
        const struct trial_capacity *median = &climbs[(count - 1) / 2];
        finding->last_good = median->last_good;
        finding->first_break = median->first_break;
        finding->holds = median->last_good != NULL;
        finding->holds_at = level_of(median->last_good);
        finding->lowest_break = median->lowest_break;
        finding->breaks = median->lowest_break != NULL;
        finding->breaks_at = level_of(median->lowest_break);
        finding->holds_least = level_of(climbs[0].last_good);
        finding->holds_most = level_of(climbs[count - 1].last_good);
        finding->capacity_confidence = sample_median_interval(count, CONFIDENCE_WANTED, &low, &high);
        finding->capacity_low = level_of(climbs[low].last_good);
        finding->capacity_high = level_of(climbs[high].last_good);
    }
    free(climbs);
}
