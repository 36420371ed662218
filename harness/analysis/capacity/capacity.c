#include "analysis/capacity/capacity.h"

#include "analysis/capacity/limit_order.h"
#include "analysis/capacity/recurrence.h"
#include "analysis/capacity/reference.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the interval of the capacity over trials. */
#define CONFIDENCE_WANTED 0.95

/* --- the rule ----------------------------------------------------------------------------------------------------- */

void capacity_of_steps(const struct judged_step *steps, size_t count, struct capacity *ret_capacity)
{
    struct level *levels = mem_new(count, sizeof *levels);
    size_t level_count = levels_of_all(steps, count, levels);
    struct level_cut cut;

    recurrence_cut(steps, count, levels, level_count, &cut);
    *ret_capacity = (struct capacity){
        .broke = cut.broke != LEVELS_NONE ? levels[cut.broke].run_broke : LEVELS_NONE,
        .held = cut.held != LEVELS_NONE ? levels[cut.held].run_held : LEVELS_NONE,
        .not_monotone = cut.contradicted,
    };
    free(levels);
}

/* --- one trial ---------------------------------------------------------------------------------------------------- */

static const struct step_finding *step_at(const struct step_finding *steps, size_t index)
{
    return index != LEVELS_NONE ? &steps[index] : NULL;
}

/* Of the limit that breaks at the lowest load, within what all limits together say. */
static double estimate_of(const struct trial_capacity *trial)
{
    const struct limit_bracket *lowest = NULL;

    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        const struct limit_bracket *bracket = &trial->limits[i];
        bool lower = lowest == NULL || bracket->high < lowest->high ||
                     (bracket->high == lowest->high && bracket->estimate < lowest->estimate);
        if (isfinite(bracket->high) && lower) {
            lowest = bracket;
        }
    }
    if (lowest == NULL || trial->last_good == NULL || trial->lowest_break == NULL) {
        return NAN;
    }
    return fmin(fmax(lowest->estimate, (double)trial->holds_at), (double)trial->breaks_at);
}

/* The lowest load that broke says what breaks first. Where its figures name no cause, and those of a higher load that
 * broke do, that one is described. */
static const struct step_finding *described_break(const struct trial_capacity *trial)
{
    const struct step_finding *found = trial->lowest_break;

    for (size_t i = 0; i < trial->step_count; i++) {
        const struct step_finding *step = &trial->steps[i];
        bool named = step->verdict.verdict == VERDICT_BREAK && step->cause.cause != CAUSE_UNKNOWN &&
                     step->record->level >= trial->breaks_at;
        bool better = found->cause.cause == CAUSE_UNKNOWN || step->record->level < found->record->level;
        if (named && better) {
            found = step;
        }
    }
    return found;
}

static bool has_warm_climb(const struct step_finding *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (steps[i].record->phase == PHASE_WARM) {
            return true;
        }
    }
    return false;
}

/* The caller frees them. */
static struct judged_step *judged_steps(const struct step_finding *steps, size_t count)
{
    struct judged_step *judged = mem_new(count, sizeof *judged);
    bool climbed_warm = has_warm_climb(steps, count);

    for (size_t i = 0; i < count; i++) {
        const struct step_record *record = steps[i].record;
        judged[i] =
            (struct judged_step){record->level, climbed_warm && record->phase != PHASE_LADDER, &steps[i].verdict};
    }
    return judged;
}

bool capacity_was_cold(const struct step_finding *steps, size_t count, size_t step)
{
    struct judged_step *judged = judged_steps(steps, count);
    bool cold = !levels_run_counts(judged, count, step);

    free(judged);
    return cold;
}

void capacity_of_trial(const struct step_finding *steps, size_t count, struct trial_capacity *ret_capacity)
{
    struct trial_capacity found = {.steps = steps, .step_count = count, .estimate = NAN};
    struct judged_step *judged = judged_steps(steps, count);
    struct capacity capacity;

    for (size_t i = 0; i < count; i++) {
        found.judged = found.judged || steps[i].verdict.verdict != VERDICT_INVALID;
    }
    capacity_of_steps(judged, count, &capacity);
    for (size_t i = 0; i < LIMIT_PLACES; i++) {
        limit_bracket_find(judged, count, i, &found.limits[i]);
    }
    free(judged);
    found.trial = count > 0 ? steps[0].record->trial : 0;
    found.not_monotone = capacity.not_monotone;
    found.last_good = step_at(steps, capacity.held);
    found.lowest_break = step_at(steps, capacity.broke);
    found.holds_at = found.last_good != NULL ? found.last_good->record->level : 0;
    found.breaks_at = found.lowest_break != NULL ? found.lowest_break->record->level : UINT64_MAX;
    found.estimate = estimate_of(&found);
    if (found.lowest_break != NULL) {
        found.first_break = described_break(&found);
    }
    *ret_capacity = found;
}

const struct step_finding *capacity_pass_at(const struct trial_capacity *trial, uint64_t level)
{
    const struct step_finding *last = NULL;

    for (size_t i = 0; i < trial->step_count; i++) {
        if (trial->steps[i].record->level == level) {
            last = &trial->steps[i];
        }
    }
    return last != NULL && last->verdict.verdict == VERDICT_PASS ? last : NULL;
}

/* --- a service ---------------------------------------------------------------------------------------------------- */

static size_t trial_end(const struct backend_finding *finding, size_t from)
{
    size_t end = from;
    while (end < finding->step_count && finding->steps[end].record->trial == finding->steps[from].record->trial) {
        end++;
    }
    return end;
}

static void add_trials(struct backend_finding *finding)
{
    for (size_t from = 0, to; from < finding->step_count; from = to) {
        struct trial_capacity trial;
        to = trial_end(finding, from);
        capacity_of_trial(finding->steps + from, to - from, &trial);
        finding->trials++;
        finding->not_monotone = finding->not_monotone || trial.not_monotone;
        if (trial.judged) {
            *list_add(finding->capacities, finding->capacity_count) = trial;
        }
    }
}

/* By what held, then by what broke, where no break is the highest; then in the order of the trials. */
static int by_capacity(const void *left, const void *right)
{
    const struct trial_capacity *a = left, *b = right;

    if (a->holds_at != b->holds_at) {
        return a->holds_at < b->holds_at ? -1 : 1;
    }
    if (a->breaks_at != b->breaks_at) {
        return a->breaks_at < b->breaks_at ? -1 : 1;
    }
    return (a->trial > b->trial) - (a->trial < b->trial);
}

/* `sorted`: by capacity; at least one. */
static void fill(struct backend_finding *finding, const struct trial_capacity *sorted, size_t count)
{
    const struct trial_capacity *median = &sorted[(count - 1) / 2];
    size_t low, high;

    finding->last_good = median->last_good;
    finding->lowest_break = median->lowest_break;
    finding->first_break = median->first_break;
    finding->standing_trial = median->trial;
    finding->capacity = median->estimate;
    finding->holds = median->last_good != NULL;
    finding->holds_at = median->holds_at;
    finding->breaks = median->lowest_break != NULL;
    finding->breaks_at = finding->breaks ? median->breaks_at : 0;
    finding->holds_least = sorted[0].holds_at;
    finding->holds_most = sorted[count - 1].holds_at;
    finding->capacity_confidence = sample_median_interval(count, CONFIDENCE_WANTED, &low, &high);
    finding->capacity_low = sorted[low].holds_at;
    finding->capacity_high = sorted[high].holds_at;
}

void capacity_find(struct backend_finding *finding)
{
    add_trials(finding);
    finding->capacity = NAN;
    finding->all_invalid = finding->step_count > 0 && finding->capacity_count == 0;
    if (finding->capacity_count > 0) {
        size_t count = finding->capacity_count;
        struct trial_capacity *sorted = mem_new(count, sizeof *sorted);
        memcpy(sorted, finding->capacities, count * sizeof *sorted);
        qsort(sorted, count, sizeof *sorted, by_capacity);
        fill(finding, sorted, count);
        free(sorted);
        limit_order_find(finding);
    } else if (finding->step_count > 0) {
        finding->standing_trial = finding->steps[0].record->trial;
    }
}

void capacity_release(struct backend_finding *finding)
{
    free(finding->capacities);
    finding->capacities = NULL;
    finding->capacity_count = 0;
    finding->limit_count = 0;
}

bool capacity_judged(const struct backend_finding *finding)
{
    return finding != NULL && finding->record->skipped == NULL && (finding->holds || finding->breaks);
}

bool capacity_shows(const struct backend_finding *finding, const struct step_finding *step)
{
    return step->record->phase != PHASE_SEARCH && step->verdict.verdict == VERDICT_PASS && finding->holds &&
           step->record->level <= finding->holds_at;
}

static bool is_shown(const struct backend_finding *finding, uint64_t level)
{
    for (size_t i = 0; i < finding->step_count; i++) {
        if (finding->steps[i].record->level == level && capacity_shows(finding, &finding->steps[i])) {
            return true;
        }
    }
    return false;
}

static bool all_hold(const struct backend_finding *const *services, size_t count, uint64_t level)
{
    for (size_t i = 0; i < count; i++) {
        if (capacity_judged(services[i]) && !is_shown(services[i], level)) {
            return false;
        }
    }
    return true;
}

uint64_t capacity_common_level(const struct backend_finding *const *services, size_t count)
{
    const struct backend_finding *one = NULL;
    uint64_t common = 0;

    for (size_t i = 0; i < count; i++) {
        if (capacity_judged(services[i])) {
            one = services[i];
        }
    }
    for (size_t i = 0; one != NULL && i < one->step_count; i++) {
        uint64_t level = one->steps[i].record->level;
        if (level > common && all_hold(services, count, level)) {
            common = level;
        }
    }
    return common;
}

const struct trial_capacity *capacity_in(const struct backend_finding *finding, unsigned trial)
{
    for (size_t i = 0; i < finding->capacity_count; i++) {
        if (finding->capacities[i].trial == trial) {
            return &finding->capacities[i];
        }
    }
    return NULL;
}

bool capacity_repeated(const struct backend_finding *finding, size_t step)
{
    const struct step_record *record = finding->steps[step].record;
    const struct step_record *next = step + 1 < finding->step_count ? finding->steps[step + 1].record : NULL;
    return next != NULL && next->trial == record->trial && next->index == record->index;
}

double capacity_relative(const struct findings *findings, double rps)
{
    return findings->scenario.rate > 0 ? NAN : rps / reference_run_rps(findings->log);
}

double capacity_relative_in(const struct findings *findings, unsigned trial, double rps)
{
    return findings->scenario.rate > 0 ? NAN : rps / reference_rps(findings->log, trial);
}
