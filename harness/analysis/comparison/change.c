#include "analysis/comparison/change.h"

#include "analysis/capacity/capacity.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/rank_sum.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

static void add(struct compared_figure *figure, double value)
{
    *list_add(figure->trials, figure->trial_count) = value;
}

/* What the trial held, relative to the reference service; 0 when it held nothing. */
static double relative(const struct findings *findings, const struct step_finding *good)
{
    bool open = findings->scenario.doubling == DOUBLING_RATE;
    double rps = 0;

    if (good != NULL) {
        rps = open ? (double)good->record->rate : good->completed_rps;
    }
    return capacity_relative(findings, rps);
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
    double share = relative(findings, trial->last_good);
    add(&side->figures[COMPARED_CAPACITY], (double)trial->holds_at);
    if (!isnan(share)) {
        add(&side->figures[COMPARED_RELATIVE], share);
    }
    if (backend->common_level > 0 && capacity_pass_at(trial, backend->common_level) != NULL) {
        add_costs(side, capacity_pass_at(trial, backend->common_level));
    }
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

static enum difference difference_of(const struct rank_sum *shift)
{
    if (shift->estimate == 0 || (shift->confidence > 0 && shift->low <= 0 && shift->high >= 0)) {
        return DIFFERENCE_NOT_SEEN;
    }
    return shift->confidence >= RANK_SUM_CONFIDENCE ? DIFFERENCE_SEEN : DIFFERENCE_UNPROVEN;
}

static void find_change(const struct compared_figure *first, struct compared_figure *figure)
{
    if (first->trial_count == 0 || figure->trial_count == 0) {
        figure->change = (struct change){.difference = DIFFERENCE_NOT_KNOWN, .ratio = NAN, .low = NAN, .high = NAN};
        return;
    }
    double *from = logarithms(first), *to = logarithms(figure);
    struct rank_sum shift;

    rank_sum_find(from, first->trial_count, to, figure->trial_count, &shift);
    figure->change = (struct change){.difference = difference_of(&shift),
                                     .ratio = exp(shift.estimate),
                                     .low = exp(shift.low),
                                     .high = exp(shift.high),
                                     .confidence = shift.confidence};
    free(from);
    free(to);
}

void change_find_all(const struct comparison *comparison, struct compared_backend *backend)
{
    for (size_t run = 0; run < comparison->run_count; run++) {
        struct compared_side *side = &backend->sides[run];
        for (size_t i = 0; capacity_judged(side->finding) && i < side->finding->capacity_count; i++) {
            add_trial(side, comparison->runs[run].findings, backend, &side->finding->capacities[i]);
        }
        for (size_t k = 0; k < COMPARED_COUNT; k++) {
            side->figures[k].middle = middle_of(&side->figures[k]);
            find_change(&backend->sides[0].figures[k], &side->figures[k]);
        }
    }
}
