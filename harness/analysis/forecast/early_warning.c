#include "analysis/forecast/early_warning.h"

#include "analysis/capacity/capacity.h"
#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The ladder has at most two dozen steps; a log of a stranger may have more, of which the first ones do. */
enum { POINTS_MOST = 64 };

struct climbed {
    struct forecast_point points[POINTS_MOST];
    unsigned indices[POINTS_MOST]; /* of their steps */
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

/* As a step's cause is read from what it did while traffic was raised, so is its coming. */
static void observe(const struct findings *findings, const struct step_record *step, struct forecast_point *ret_point)
{
    if (findings->scenario.spikes > 0) {
        forecast_observe_raised(step, findings->service_core_count, ret_point);
    } else {
        forecast_observe(step, findings->service_core_count, ret_point);
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
            climbed->indices[climbed->count] = record->index;
            observe(findings, record, &climbed->points[climbed->count++]);
        }
    }
}

/* ---- scores ---- */

static double capped(enum forecast_signal signal, double value, unsigned cores)
{
    bool share = signal == SIGNAL_THREAD || signal == SIGNAL_DEPENDENCY_CPU;
    double most = signal == SIGNAL_CPU ? cores : share ? 1 : INFINITY;
    return value > most ? most : value;
}

static const struct step_record *step_of(const struct backend_finding *backend, const struct forecast_record *forecast)
{
    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_record *record = backend->steps[i].record;
        if (record->trial == forecast->trial && record->index == forecast->index && record->level == forecast->level &&
            counts(backend, i)) {
            return record;
        }
    }
    return NULL;
}

static void score(const struct findings *findings, const struct backend_finding *backend, enum forecast_signal signal,
                  struct signal_score *score)
{
    const struct run_log *log = findings->log;
    unsigned cores = findings->service_core_count;
    double *errors = mem_new(log->forecast_count, sizeof *errors);

    for (size_t i = 0; i < log->forecast_count; i++) {
        const struct forecast_record *forecast = &log->forecasts[i];
        const struct step_record *step =
            strcmp(forecast->backend, backend->record->name) == 0 ? step_of(backend, forecast) : NULL;
        if (step != NULL) {
            struct forecast_point happened;
            forecast_observe(step, cores, &happened);
            double seen = capped(signal, forecast_signal_value(&happened.seen, signal), cores);
            double error =
                fabs(capped(signal, forecast_signal_value(&forecast->expected, signal), cores) - seen) / seen;
            if (isfinite(error)) {
                errors[score->count++] = error;
            }
        }
    }
    if (score->count > 0) {
        sample_sort(errors, score->count);
        score->median_error = sample_median(errors, score->count);
    }
    free(errors);
}

/* ---- the break ---- */

static double ratio_at(const struct climbed *climbed, size_t count, uint64_t level, const struct forecast_terms *terms,
                       enum forecast_signal signal)
{
    struct forecast expected;

    forecast_make(climbed->points, count, level, terms, &expected);
    return forecast_signal_limit(signal, terms) / forecast_signal_value(&expected, signal);
}

/* Whether the signal was lower at a step than at the one before, and not because it cannot be higher: then what it was
 * before came of something else than the load. */
static bool fell(const struct forecast_point *before, const struct forecast_point *after, enum forecast_signal signal,
                 const struct forecast_terms *terms)
{
    double then = forecast_signal_value(&before->seen, signal), now = forecast_signal_value(&after->seen, signal);
    return now < then && now < forecast_signal_limit(signal, terms);
}

/* A forecast over one doubling was off by 8 to 13 % where this was measured, by 17 to 35 % where it had but one figure to
 * go by; each further doubling adds its own. What lies closer to the limit than that was not to be seen yet. */
#define ERROR_PER_DOUBLING 1.25

/* Limit by forecast, below which it is sure that far ahead. */
static double sure_ratio(uint64_t from_level, uint64_t level)
{
    double further = log2((double)level / (double)from_level) - 1;
    return further > 0 ? pow(ERROR_PER_DOUBLING, -further) : 1;
}

static void look_back(const struct findings *findings, const struct backend_finding *backend,
                      struct early_warning *early_warning)
{
    const struct step_record *broken = backend->first_break->record;
    const struct forecast_terms terms = terms_of(findings, broken);
    struct climbed climbed;
    struct forecast_point happened;
    struct forecast expected;
    double ratio = INFINITY;

    read_climb(findings, backend, broken->trial, broken->level, &climbed);
    forecast_make(climbed.points, climbed.count, broken->level, &terms, &expected);
    early_warning->asked = climbed.count >= 2;
    enum forecast_signal signal = forecast_first(&expected, &terms, &ratio);
    observe(findings, broken, &happened);
    if (signal == SIGNAL_COUNT || ratio >= 1 || fell(&climbed.points[climbed.count - 1], &happened, signal, &terms)) {
        return;
    }
    size_t count = climbed.count;
    while (count > 2 && !fell(&climbed.points[count - 2], &climbed.points[count - 1], signal, &terms) &&
           ratio_at(&climbed, count - 1, broken->level, &terms, signal) <
               sure_ratio(climbed.points[count - 2].level, broken->level)) {
        count--;
    }
    forecast_make(climbed.points, count, broken->level, &terms, &expected);
    unsigned index = climbed.indices[count - 1];
    early_warning->steps_before = broken->index > index ? broken->index - index : 1;
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
    double ratio;

    read_climb(findings, backend, held->trial, UINT64_MAX, &climbed);
    if (climbed.count == 0 || climbed.points[climbed.count - 1].level > UINT64_MAX / 2) {
        return;
    }
    uint64_t level = 2 * climbed.points[climbed.count - 1].level;
    forecast_make(climbed.points, climbed.count, level, &terms, &expected);
    enum forecast_signal signal = forecast_first(&expected, &terms, &ratio);
    if (signal != SIGNAL_COUNT) {
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

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        score(findings, backend, (enum forecast_signal)i, &early_warning.scores[i]);
    }
    if (backend->first_break != NULL) {
        look_back(findings, backend, &early_warning);
    } else if (backend->last_good != NULL) {
        look_ahead(findings, backend, &early_warning);
    }
    *ret_early_warning = early_warning;
}
