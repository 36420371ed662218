#include "analysis/comparison/change.h"

#include "analysis/capacity/capacity.h"
#include "analysis/comparison/paired_change.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/holm.h"
#include "stats/rank_sum.h"
#include "stats/sample.h"
#include "stats/two_sample_t.h"

#include <math.h>
#include <stdlib.h>

static void add(struct compared_figure *figure, double value)
{
    *list_add(figure->trials, figure->trial_count) = value;
}

/* What the trial held, relative to the reference service; 0 when it held nothing. */
static double relative(const struct findings *findings, const struct trial_capacity *trial)
{
    const struct step_finding *good = trial->last_good;
    bool open = findings->scenario.doubling == DOUBLING_RATE;
    double rps = 0;

    if (good != NULL) {
        rps = open ? (double)good->record->rate : good->completed_rps;
    }
    return capacity_relative_in(findings, trial->trial, rps);
}

static void add_costs(struct compared_side *side, const struct step_finding *step)
{
    if (step->cpu_ns_per_request > 0) {
        add(&side->figures[COMPARED_CPU], (double)step->cpu_ns_per_request);
    }
    if (step->usage.host.rss_peak_bytes > 0) {
        add(&side->figures[COMPARED_MEMORY], (double)step->usage.host.rss_peak_bytes);
    }
    if (step->p99_ns != NO_TIME) {
        add(&side->figures[COMPARED_P99], (double)step->p99_ns);
    }
}

static void add_trial(struct compared_side *side, const struct findings *findings,
                      const struct compared_backend *backend, const struct trial_capacity *trial)
{
    double share = relative(findings, trial);
    add(&side->figures[COMPARED_CAPACITY], (double)trial->holds_at);
    if (!isnan(share)) {
        add(&side->figures[COMPARED_RELATIVE], share);
    }
    if (backend->common_level > 0 && capacity_pass_at(trial, backend->common_level) != NULL) {
        add_costs(side, capacity_pass_at(trial, backend->common_level));
    }
}

/* What the levels leave open between the capacity and its break, as the spread of a figure. */
static double grain_of(const struct backend_finding *finding)
{
    if (!finding->holds || !finding->breaks) {
        return 0;
    }
    return log((double)finding->breaks_at / (double)finding->holds_at) / sqrt(12);
}

static double middle_of(struct compared_figure *figure)
{
    sample_sort(figure->trials, figure->trial_count);
    return sample_low_median(figure->trials, figure->trial_count);
}

static double *logarithms(const struct compared_figure *figure)
{
    double *values = mem_new(figure->trial_count, sizeof *values);
    for (size_t i = 0; i < figure->trial_count; i++) {
        values[i] = log(figure->trials[i]);
    }
    return values;
}

/* The figures of one run: all of its trials. */
static void add_run(struct compared_side *side, const struct findings *findings, const struct compared_backend *backend,
                    const struct backend_finding *finding)
{
    for (size_t i = 0; capacity_judged(finding) && i < finding->capacity_count; i++) {
        add_trial(side, findings, backend, &finding->capacities[i]);
    }
}

/* The figures of a side of several runs: one a run. */
static void add_medians(const struct comparison *comparison, struct compared_backend *backend, size_t number,
                        const struct findings *findings)
{
    struct compared_side *side = &backend->sides[number];
    const struct backend_finding *finding = comparison_finding(comparison, backend, number, findings);
    struct compared_side run = {.finding = finding};

    add_run(&run, findings, backend, finding);
    for (size_t k = 0; k < COMPARED_COUNT; k++) {
        double middle = middle_of(&run.figures[k]);
        if (!isnan(middle)) {
            add(&side->figures[k], middle);
        }
        free(run.figures[k].trials);
    }
    if (capacity_judged(finding)) {
        side->figures[COMPARED_CAPACITY].grain = fmax(side->figures[COMPARED_CAPACITY].grain, grain_of(finding));
        side->figures[COMPARED_RELATIVE].grain = side->figures[COMPARED_CAPACITY].grain;
    }
}

static void add_side(const struct comparison *comparison, struct compared_backend *backend, size_t run)
{
    const struct compared_run *of = &comparison->runs[run];
    struct compared_side *side = &backend->sides[run];

    if (!comparison->repeated) {
        add_run(side, of->findings, backend, side->finding);
    } else {
        add_medians(comparison, backend, run, of->findings);
        for (size_t i = 0; i < of->more_count; i++) {
            add_medians(comparison, backend, run, of->more[i]);
        }
    }
    for (size_t k = 0; k < COMPARED_COUNT; k++) {
        side->figures[k].middle = middle_of(&side->figures[k]);
    }
}

/* --- one run a side ----------------------------------------------------------------------------------------------- */

static enum difference difference_here(const struct rank_sum *shift)
{
    if (shift->estimate == 0 || (shift->confidence > 0 && shift->low <= 0 && shift->high >= 0)) {
        return DIFFERENCE_NOT_SEEN;
    }
    return shift->confidence >= RANK_SUM_CONFIDENCE ? DIFFERENCE_HERE : DIFFERENCE_UNPROVEN;
}

static void compare_trials(const double *from, size_t from_count, const double *to, size_t to_count,
                           struct change *ret_change)
{
    struct rank_sum shift;

    rank_sum_find(from, from_count, to, to_count, &shift);
    *ret_change = (struct change){.difference = difference_here(&shift),
                                  .ratio = exp(shift.estimate),
                                  .low = exp(shift.low),
                                  .high = exp(shift.high),
                                  .confidence = shift.confidence,
                                  .p = NAN,
                                  .p_adjusted = NAN};
}

/* --- several runs a side ------------------------------------------------------------------------------------------ */

static bool all_finite(const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!isfinite(values[i])) {
            return false;
        }
    }
    return true;
}

/* The difference is decided when all p values are there. A side that held nothing in one of its runs has no mean. */
static void compare_runs(const double *from, size_t from_count, const double *to, size_t to_count, double grain,
                         struct change *ret_change)
{
    struct two_sample_t t;

    compare_trials(from, from_count, to, to_count, ret_change);
    if (from_count < 2 || to_count < 2 || !all_finite(from, from_count) || !all_finite(to, to_count)) {
        if (ret_change->difference == DIFFERENCE_HERE) {
            ret_change->difference = DIFFERENCE_UNPROVEN;
        }
        return;
    }
    two_sample_t_find(from, from_count, to, to_count, grain, &t);
    *ret_change = (struct change){.difference = DIFFERENCE_NOT_SEEN,
                                  .ratio = exp(t.estimate),
                                  .low = exp(t.low),
                                  .high = exp(t.high),
                                  .confidence = TWO_SAMPLE_T_CONFIDENCE,
                                  .p = t.p,
                                  .p_adjusted = t.p};
}

/* The changes of a side that have a p value, over all services and figures. */
static size_t tested(struct comparison *comparison, size_t run, struct change **ret_changes)
{
    size_t count = 0;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (size_t k = 0; k < COMPARED_COUNT; k++) {
            struct change *change = &comparison->backends[i].sides[run].figures[k].change;
            if (change->difference != DIFFERENCE_NOT_KNOWN && !isnan(change->p)) {
                ret_changes[count++] = change;
            }
        }
    }
    return count;
}

static void adjust(struct comparison *comparison, size_t run)
{
    size_t most = comparison->backend_count * COMPARED_COUNT;
    struct change **changes = mem_new(most, sizeof(struct change *));
    double *p = mem_new(2 * most, sizeof *p), *adjusted = p + most;
    size_t count = tested(comparison, run, changes);

    for (size_t i = 0; i < count; i++) {
        p[i] = changes[i]->p;
    }
    holm_adjust(p, count, adjusted);
    for (size_t i = 0; i < count; i++) {
        changes[i]->p_adjusted = adjusted[i];
        if (adjusted[i] <= HOLM_ERROR) {
            changes[i]->difference = DIFFERENCE_SEEN;
        } else if (p[i] <= HOLM_ERROR) {
            changes[i]->difference = DIFFERENCE_UNPROVEN; /* more runs may show it among all the others */
        }
    }
    free(p);
    free(changes);
}

/* --- all ---------------------------------------------------------------------------------------------------------- */

static void find_change(const struct comparison *comparison, const struct compared_figure *first,
                        struct compared_figure *figure)
{
    if (first->trial_count == 0 || figure->trial_count == 0) {
        figure->change = (struct change){
            .difference = DIFFERENCE_NOT_KNOWN, .ratio = NAN, .low = NAN, .high = NAN, .p = NAN, .p_adjusted = NAN};
        return;
    }
    double *from = logarithms(first), *to = logarithms(figure);

    if (comparison->repeated) {
        compare_runs(from, first->trial_count, to, figure->trial_count, fmax(first->grain, figure->grain),
                     &figure->change);
    } else {
        compare_trials(from, first->trial_count, to, figure->trial_count, &figure->change);
    }
    free(from);
    free(to);
}

static void find_changes(struct comparison *comparison, struct compared_backend *backend)
{
    for (size_t run = 0; run < comparison->run_count; run++) {
        add_side(comparison, backend, run);
        if (comparison->paired) {
            paired_change_find(comparison, backend, run);
            continue;
        }
        for (size_t k = 0; k < COMPARED_COUNT; k++) {
            find_change(comparison, &backend->sides[0].figures[k], &backend->sides[run].figures[k]);
        }
    }
}

void change_find_all(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->backend_count; i++) {
        find_changes(comparison, &comparison->backends[i]);
    }
    for (size_t run = 1; comparison->repeated && run < comparison->run_count; run++) {
        adjust(comparison, run);
    }
}
