#include "analysis/forecast/early_warning.h"

#include "analysis/capacity/capacity.h"
#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A ladder has at most two dozen steps. Of a run log from elsewhere that has more, the first ones are enough. */
enum { POINTS_MOST = 64 };

struct climbed {
    struct forecast_point points[POINTS_MOST];
    size_t count;
};

static struct forecast_terms terms_of(const struct findings *findings, const struct step_record *step)
{
    return (struct forecast_terms){.scenario = &findings->scenario,
                                   .service_core_count = findings->service_core_count,
                                   .step_ns = profile_warmup_ns(findings->profile, findings->scenario.warmup_ns) +
                                              step->load.measured_ns};
}

/* A valid step of the ladder, in its last repetition. */
static bool counts(const struct backend_finding *backend, size_t index)
{
    const struct step_finding *step = &backend->steps[index];
    return step->record->phase == PHASE_LADDER && step->verdict.verdict != VERDICT_INVALID &&
           !capacity_repeated(backend, index);
}

/* The cause of a break is read from what the service did during spikes, and so is its early warning. */
static void observe(const struct findings *findings, const struct step_finding *step, struct forecast_point *ret_point)
{
    if (findings->scenario.spikes > 0) {
        forecast_observe_spikes(step->record, &step->usage, ret_point);
    } else {
        forecast_observe(step->record, &step->usage, ret_point);
    }
}

/* The valid steps of the ladder of a trial below `level`, lowest first. */
static void read_climb(const struct findings *findings, const struct backend_finding *backend, unsigned trial,
                       uint64_t level, struct climbed *climbed)
{
    climbed->count = 0;
    for (size_t i = 0; i < backend->step_count && climbed->count < POINTS_MOST; i++) {
        const struct step_record *record = backend->steps[i].record;
        uint64_t highest = climbed->count > 0 ? climbed->points[climbed->count - 1].level : 0;
        if (record->trial == trial && counts(backend, i) && record->level < level && record->level > highest) {
            observe(findings, &backend->steps[i], &climbed->points[climbed->count++]);
        }
    }
}

/* ---- scores ---- */

/* A forecast that was recorded, and what the step then showed. */
struct scored_forecast {
    const struct forecast *expected;
    struct forecast happened;
};

/* Demand beyond what there is counts as all of it. */
static double capped(enum forecast_signal signal, double value, unsigned cores)
{
    double most = INFINITY;

    if (signal == SIGNAL_CPU) {
        most = cores;
    } else if (signal == SIGNAL_THREAD || signal == SIGNAL_DEPENDENCY_CPU) {
        most = 1;
    }
    return value > most ? most : value;
}

static const struct step_finding *step_of(const struct backend_finding *backend, const struct forecast_record *forecast)
{
    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_record *record = backend->steps[i].record;
        if (record->trial == forecast->trial && record->index == forecast->index && record->level == forecast->level &&
            counts(backend, i)) {
            return &backend->steps[i];
        }
    }
    return NULL;
}

/* All recorded forecasts of the backend whose step counts. The caller frees them. */
static struct scored_forecast *scored_forecasts(const struct run_log *log, const struct backend_finding *backend,
                                                size_t *ret_count)
{
    struct scored_forecast *scored = mem_new(log->forecast_count, sizeof *scored);
    size_t count = 0;

    for (size_t i = 0; i < log->forecast_count; i++) {
        const struct forecast_record *forecast = &log->forecasts[i];
        const struct step_finding *step = NULL;
        if (strcmp(forecast->backend, backend->record->name) == 0) {
            step = step_of(backend, forecast);
        }
        if (step != NULL) {
            struct forecast_point point;
            forecast_observe(step->record, &step->usage, &point);
            scored[count++] = (struct scored_forecast){&forecast->expected, point.seen};
        }
    }
    *ret_count = count;
    return scored;
}

static void score_signal(const struct scored_forecast *scored, size_t count, enum forecast_signal signal,
                         unsigned cores, struct signal_score *score)
{
    double *errors = mem_new(count, sizeof *errors);

    for (size_t i = 0; i < count; i++) {
        double expected = capped(signal, forecast_signal_value(scored[i].expected, signal), cores);
        double happened = capped(signal, forecast_signal_value(&scored[i].happened, signal), cores);
        double error = fabs(expected - happened) / happened;
        if (isfinite(error)) {
            errors[score->count++] = error;
        }
    }
    if (score->count > 0) {
        sample_sort(errors, score->count);
        score->median_error = sample_median(errors, score->count);
    }
    free(errors);
}

static void score_all(const struct findings *findings, const struct backend_finding *backend,
                      struct early_warning *early_warning)
{
    size_t count;
    struct scored_forecast *scored = scored_forecasts(findings->log, backend, &count);

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        score_signal(scored, count, (enum forecast_signal)i, findings->service_core_count, &early_warning->scores[i]);
    }
    free(scored);
}

/* ---- the break ---- */

static double ratio_at(const struct climbed *climbed, size_t count, uint64_t level, const struct forecast_terms *terms,
                       enum forecast_signal signal)
{
    struct forecast expected;

    forecast_make(climbed->points, count, level, terms, &expected);
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

/* A forecast over one doubling was off by 8 to 13 % where this was measured, and by 17 to 35 % where it had only one
 * figure to go by. Each further doubling adds its own error. What lies closer to the limit than that could not be seen
 * yet. */
#define ERROR_PER_DOUBLING 1.25

/* The ratio of limit to forecast below which a break is certain that far ahead. */
static double sure_ratio(uint64_t from_level, uint64_t level)
{
    double further = log2((double)level / (double)from_level) - 1;
    return further > 0 ? pow(ERROR_PER_DOUBLING, -further) : 1;
}

/* Whether the forecast from the first `count` steps says that the last step of the climb, which held, breaks as well.
 * Then it was too high, and no foresight. */
static bool cried_wolf(const struct climbed *climbed, size_t count, const struct forecast_terms *terms,
                       enum forecast_signal signal)
{
    uint64_t held = climbed->points[climbed->count - 1].level;
    return climbed->points[count - 1].level < held && ratio_at(climbed, count, held, terms, signal) < 1;
}

/* How many of the climbed steps, the lowest first, were enough to forecast the break from then on. */
static size_t first_warned(const struct climbed *climbed, uint64_t level, const struct forecast_terms *terms,
                           enum forecast_signal signal)
{
    const struct forecast_point *points = climbed->points;
    size_t count = climbed->count;

    while (count > 2 && !fell(&points[count - 2], &points[count - 1], signal, terms) &&
           ratio_at(climbed, count - 1, level, terms, signal) < sure_ratio(points[count - 2].level, level) &&
           !cried_wolf(climbed, count - 1, terms, signal)) {
        count--;
    }
    return count;
}

static void look_back(const struct findings *findings, const struct backend_finding *backend,
                      struct early_warning *early_warning)
{
    const struct step_record *broken = backend->first_break->record;
    const struct forecast_terms terms = terms_of(findings, broken);
    struct climbed climbed;
    struct forecast_point happened;
    struct forecast expected;
    enum forecast_signal signal;
    double ratio;

    read_climb(findings, backend, broken->trial, broken->level, &climbed);
    early_warning->asked = climbed.count >= 2;
    if (!early_warning->asked) {
        return;
    }
    forecast_make(climbed.points, climbed.count, broken->level, &terms, &expected);
    observe(findings, backend->first_break, &happened);
    if (!forecast_signal_first(&expected, &terms, &signal, &ratio) || ratio >= 1 ||
        fell(&climbed.points[climbed.count - 1], &happened, signal, &terms)) {
        return;
    }
    size_t count = first_warned(&climbed, broken->level, &terms, signal);
    forecast_make(climbed.points, count, broken->level, &terms, &expected);
    early_warning->steps_before = (unsigned)(climbed.count - count) + 1;
    early_warning->signal = signal;
    early_warning->seen = forecast_signal_value(&climbed.points[count - 1].seen, signal);
    early_warning->seen_at = climbed.points[count - 1].level;
    early_warning->grew = early_warning->seen > forecast_signal_value(&climbed.points[count - 2].seen, signal);
    early_warning->in_spikes = findings->scenario.spikes > 0 && (signal == SIGNAL_CPU || signal == SIGNAL_THREAD);
    early_warning->limit = forecast_signal_limit(signal, &terms);
    early_warning->expected = forecast_signal_value(&expected, signal);
}

/* ---- the next doubling ---- */

static void look_ahead(const struct findings *findings, const struct backend_finding *backend,
                       struct early_warning *early_warning)
{
    const struct step_record *held = backend->last_good->record;
    const struct forecast_terms terms = terms_of(findings, held);
    struct climbed climbed;
    struct forecast expected;
    enum forecast_signal signal;
    double ratio;

    read_climb(findings, backend, held->trial, UINT64_MAX, &climbed);
    if (climbed.count == 0 || climbed.points[climbed.count - 1].level > UINT64_MAX / 2) {
        return;
    }
    uint64_t level = 2 * climbed.points[climbed.count - 1].level;
    forecast_make(climbed.points, climbed.count, level, &terms, &expected);
    if (forecast_signal_first(&expected, &terms, &signal, &ratio)) {
        early_warning->next_known = true;
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

    score_all(findings, backend, &early_warning);
    if (backend->first_break != NULL) {
        look_back(findings, backend, &early_warning);
    } else if (backend->last_good != NULL) {
        look_ahead(findings, backend, &early_warning);
    }
    *ret_early_warning = early_warning;
}
