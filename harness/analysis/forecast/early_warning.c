#include "analysis/forecast/early_warning.h"

#include "analysis/forecast/forecast_base.h"
#include "analysis/forecast/signal_score.h"

#include <math.h>

/* ---- the break ---- */

static double ratio_at(const struct forecast_base *base, size_t count, uint64_t level,
                       const struct forecast_terms *terms, enum forecast_signal signal)
{
    struct forecast expected;

    forecast_make(base->points, count, level, terms, &expected);
    return forecast_signal_limit(signal, terms) / forecast_signal_value(&expected, signal);
}

/* Whether the signal was lower at a step than at the one before, and not because it had reached its limit: then
 * something other than the load had raised it before. */
static bool fell(const struct forecast_point *before, const struct forecast_point *after, enum forecast_signal signal,
                 const struct forecast_terms *terms)
{
    double then = forecast_signal_value(&before->seen, signal), now = forecast_signal_value(&after->seen, signal);
    return now < then && now < forecast_signal_limit(signal, terms);
}

/* Whether the forecast from the first `count` steps says that the last step of the climb, which held, breaks as well.
 * Then it was too high, and no foresight. */
static bool cried_wolf(const struct forecast_base *base, size_t count, const struct forecast_terms *terms,
                       enum forecast_signal signal)
{
    uint64_t held = base->points[base->count - 1].level;
    return base->points[count - 1].level < held && ratio_at(base, count, held, terms, signal) < 1;
}

/* How many of the climbed steps, the lowest first, were enough to forecast the break from then on. */
static size_t first_warned(const struct forecast_base *base, uint64_t level, const struct forecast_terms *terms,
                           enum forecast_signal signal)
{
    const struct forecast_point *points = base->points;
    size_t count = base->count;

    while (count > 2 && !fell(&points[count - 2], &points[count - 1], signal, terms) &&
           ratio_at(base, count - 1, level, terms, signal) <
               forecast_signal_sure_ratio(points[count - 2].level, level) &&
           !cried_wolf(base, count - 1, terms, signal)) {
        count--;
    }
    return count;
}

/* Without the signals whose own alarms do not support a warning. */
static struct forecast supported(const struct forecast *expected, const struct early_warning *early_warning)
{
    struct forecast rest = *expected;

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        if (!signal_score_supports(&early_warning->scores[i].alarms)) {
            forecast_signal_forget(&rest, (enum forecast_signal)i);
        }
    }
    return rest;
}

/* The signal that is expected to be the first beyond its limit at the load that broke, and that had not fallen by then.
 * Returns false where there is none. */
static bool find_sign(const struct forecast *expected, const struct forecast_point *last,
                      const struct forecast_point *happened, const struct forecast_terms *terms,
                      enum forecast_signal *ret_signal)
{
    enum forecast_signal signal;
    double ratio;

    if (!forecast_signal_first(expected, terms, &signal, &ratio) ||
        ratio >= forecast_signal_sure_ratio(last->level, happened->level) || fell(last, happened, signal, terms)) {
        return false;
    }
    *ret_signal = signal;
    return true;
}

static void describe(const struct findings *findings, const struct forecast_base *base, uint64_t level,
                     const struct forecast_terms *terms, struct early_warning *early_warning)
{
    enum forecast_signal signal = early_warning->signal;
    size_t count = first_warned(base, level, terms, signal);
    const struct forecast *seen = &base->points[count - 1].seen;
    struct forecast expected;

    forecast_make(base->points, count, level, terms, &expected);
    early_warning->steps_before = (unsigned)(base->count - count) + 1;
    early_warning->seen = forecast_signal_value(seen, signal);
    early_warning->seen_at = base->points[count - 1].level;
    early_warning->grew = early_warning->seen > forecast_signal_value(&base->points[count - 2].seen, signal);
    early_warning->in_spikes = findings->scenario.spikes > 0 && (signal == SIGNAL_CPU || signal == SIGNAL_THREAD);
    early_warning->limit = forecast_signal_limit(signal, terms);
    early_warning->expected = forecast_signal_value(&expected, signal);
    early_warning->expected_at = level;
}

/* The lowest load of the ladder at which the service broke, which the break that is described may lie below: the search
 * between two loads of the ladder found it. Returns false where no valid step of the ladder broke. */
static bool find_broken(const struct findings *findings, const struct backend_finding *backend,
                        struct forecast_base *base, struct forecast_point *ret_broken,
                        const struct step_record **ret_record)
{
    forecast_base_read(findings, backend, backend->first_break->record->trial, UINT64_MAX, base);
    for (size_t i = 0; i < base->count; i++) {
        if (base->points[i].level >= backend->breaks_at) {
            *ret_broken = base->points[i];
            *ret_record = base->records[i];
            base->count = i;
            return true;
        }
    }
    return false;
}

static void look_back(const struct findings *findings, const struct backend_finding *backend,
                      struct early_warning *early_warning)
{
    const struct step_record *record;
    struct forecast_base base;
    struct forecast_point broken;
    struct forecast expected;

    early_warning->asked = find_broken(findings, backend, &base, &broken, &record) && base.count >= 2;
    if (!early_warning->asked) {
        return;
    }
    const struct forecast_terms terms = forecast_base_terms(findings, backend, record);
    const struct forecast_point *last = &base.points[base.count - 1];
    forecast_make(base.points, base.count, broken.level, &terms, &expected);
    const struct forecast rest = supported(&expected, early_warning);
    if (find_sign(&rest, last, &broken, &terms, &early_warning->signal)) {
        describe(findings, &base, broken.level, &terms, early_warning);
    } else if (find_sign(&expected, last, &broken, &terms, &early_warning->signal)) {
        early_warning->withdrawn = true;
    }
}

/* ---- the next doubling ---- */

/* What is beyond its limit there by a signal that has given false alarms so far is not said. */
static void look_ahead(const struct findings *findings, const struct backend_finding *backend,
                       struct early_warning *early_warning)
{
    const struct step_record *held = backend->last_good->record;
    const struct forecast_terms terms = forecast_base_terms(findings, backend, held);
    struct forecast_base base;
    struct forecast expected;
    enum forecast_signal signal;
    double ratio;

    forecast_base_read(findings, backend, held->trial, UINT64_MAX, &base);
    if (base.count == 0 || base.points[base.count - 1].level > UINT64_MAX / 2) {
        return;
    }
    uint64_t level = 2 * base.points[base.count - 1].level;
    forecast_make(base.points, base.count, level, &terms, &expected);
    if (!forecast_signal_first(&expected, &terms, &signal, &ratio)) {
        return;
    }
    bool alarm = ratio < forecast_signal_sure_ratio(level / 2, level);
    if (!alarm || !signal_score_refutes(&early_warning->scores[signal].alarms)) {
        early_warning->next_known = true;
        early_warning->next_breaks = alarm;
        early_warning->next_level = level;
        early_warning->next_signal = signal;
        early_warning->next_expected = forecast_signal_value(&expected, signal);
        early_warning->next_limit = forecast_signal_limit(signal, &terms);
    }
}

void early_warning_find(const struct findings *findings, const struct backend_finding *backend,
                        struct early_warning *ret_early_warning)
{
    struct early_warning early_warning = {0};

    early_warning.quota_cores = forecast_base_limits(findings, backend).quota_cores;
    signal_score_find(findings, backend, &early_warning);
    if (backend->first_break != NULL) {
        look_back(findings, backend, &early_warning);
    } else if (backend->last_good != NULL) {
        look_ahead(findings, backend, &early_warning);
    }
    *ret_early_warning = early_warning;
}
