#include "analysis/forecast/signal_score.h"

#include "analysis/capacity/capacity.h"
#include "analysis/forecast/forecast_base.h"
#include "base/list.h"
#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

/* A forecast, and what came of it. Where a load neither held nor broke, it was not decided. */
struct forecast_outcome {
    struct forecast expected, happened;
    double sure_ratio; /* below it the forecast is an alarm */
    bool held, broke;
};

struct forecast_outcomes {
    struct forecast_outcome *all;
    size_t count;
};

/* After the first load that broke it is no art to say that the next one breaks. */
static void add_trial(const struct findings *findings, const struct backend_finding *backend,
                      const struct trial_capacity *trial, struct forecast_outcomes *outcomes)
{
    struct forecast_base base;
    bool broke = false;

    forecast_base_read(findings, backend, trial->trial, UINT64_MAX, &base);
    for (size_t i = 2; i < base.count && !broke; i++) {
        const struct forecast_terms terms = forecast_base_terms(findings, backend, base.records[i]);
        struct forecast_outcome *outcome = list_add(outcomes->all, outcomes->count);
        forecast_make(base.points, i, base.points[i].level, &terms, &outcome->expected);
        outcome->happened = base.points[i].seen;
        outcome->sure_ratio = forecast_signal_sure_ratio(base.points[i - 1].level, base.points[i].level);
        outcome->held = base.points[i].level <= trial->holds_at;
        outcome->broke = broke = base.points[i].level >= trial->breaks_at;
    }
}

/* ---- how far off ---- */

/* Demand beyond what there is counts as all of it. */
static double capped(enum forecast_signal signal, double value, double cores)
{
    double most = INFINITY;

    if (signal == SIGNAL_CPU) {
        most = cores;
    } else if (signal == SIGNAL_THREAD || signal == SIGNAL_DEPENDENCY_CPU) {
        most = 1;
    }
    return value > most ? most : value;
}

static void score_errors(const struct forecast_outcomes *outcomes, enum forecast_signal signal, double cores,
                         struct signal_score *score)
{
    double *errors = mem_new(outcomes->count, sizeof *errors);

    for (size_t i = 0; i < outcomes->count; i++) {
        double expected = capped(signal, forecast_signal_value(&outcomes->all[i].expected, signal), cores);
        double happened = capped(signal, forecast_signal_value(&outcomes->all[i].happened, signal), cores);
        double error = fabs(expected - happened) / happened;
        if (isfinite(error)) {
            errors[score->count++] = error;
            score->off_by_twice += expected > 2 * happened || happened > 2 * expected;
        }
    }
    if (score->count > 0) {
        sample_sort(errors, score->count);
        score->median_error = sample_median(errors, score->count);
    }
    free(errors);
}

/* ---- alarms ---- */

static void count_alarm(const struct forecast_outcome *outcome, bool alarm, bool missed, struct alarm_record *record)
{
    if (alarm && (outcome->held || outcome->broke)) {
        record->alarms++;
        record->right += outcome->broke;
        record->false_alarms += outcome->held;
    }
    record->misses += outcome->broke && !alarm && missed;
}

/* Of limit to value; NAN where one is not known. */
static double ratio_of(const struct forecast *forecast, enum forecast_signal signal, const struct forecast_terms *terms)
{
    return forecast_signal_limit(signal, terms) / forecast_signal_value(forecast, signal);
}

static void count_alarms(const struct forecast_outcome *outcome, const struct forecast_terms *terms,
                         struct early_warning *early_warning)
{
    bool any = false, any_known = false;

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        enum forecast_signal signal = (enum forecast_signal)i;
        bool known = !isnan(forecast_signal_value(&outcome->expected, signal));
        bool alarm = ratio_of(&outcome->expected, signal, terms) < outcome->sure_ratio;
        any = any || alarm;
        any_known = any_known || known;
        count_alarm(outcome, alarm, known && ratio_of(&outcome->happened, signal, terms) < 1,
                    &early_warning->scores[i].alarms);
    }
    count_alarm(outcome, any, any_known, &early_warning->alarms);
}

void signal_score_find(const struct findings *findings, const struct backend_finding *backend,
                       struct early_warning *early_warning)
{
    const struct forecast_terms terms = forecast_base_limits(findings, backend);
    struct forecast_outcomes outcomes = {0};

    for (size_t i = 0; i < backend->capacity_count; i++) {
        add_trial(findings, backend, &backend->capacities[i], &outcomes);
    }
    for (size_t i = 0; i < outcomes.count; i++) {
        count_alarms(&outcomes.all[i], &terms, early_warning);
    }
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        score_errors(&outcomes, (enum forecast_signal)i, forecast_cores(&terms), &early_warning->scores[i]);
    }
    free(outcomes.all);
}

bool signal_score_supports(const struct alarm_record *alarms)
{
    return alarms->alarms > 0 && 4 * (uint64_t)alarms->right >= 3 * (uint64_t)alarms->alarms;
}

bool signal_score_refutes(const struct alarm_record *alarms)
{
    return alarms->alarms > 0 && !signal_score_supports(alarms);
}
