#include "report/data/backend/backend_figures.h"

#include "analysis/capacity/efficiency.h"
#include "analysis/verdict/wrong_responses.h"
#include "report/data/backend/profile_figures.h"
#include "report/data/backend/reliability_figures.h"
#include "report/data/fault_figures.h"
#include "report/data/figure.h"
#include "report/data/limit_figures.h"
#include "report/data/resource_figures.h"
#include "report/data/step_figures.h"
#include "report/words/figures.h"
#include "report/words/resource_phrase.h"
#include "report/words/sentence.h"

#include <inttypes.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

static json_t *with_alarms(json_t *object, const struct alarm_record *record)
{
    figures_add(object, (struct figure[]){
                            {"alarms", figure_count(record->alarms)},
                            {"right", figure_count(record->right)},
                            {"false_alarms", figure_count(record->false_alarms)},
                            {"misses", figure_count(record->misses)},
                            {NULL, NULL},
                        });
    return object;
}

static bool is_scored(const struct signal_score *score)
{
    return score->count > 0 || score->alarms.alarms > 0 || score->alarms.misses > 0;
}

static json_t *score_of(const struct signal_score *score)
{
    json_t *object = figures_object((struct figure[]){
        {"steps", figure_count(score->count)},
        {"median_error", figure_where(score->count > 0, figure_number(score->median_error))},
        {"off_by_twice", figure_count(score->off_by_twice)},
        {NULL, NULL},
    });
    return figure_where(is_scored(score), with_alarms(object, &score->alarms));
}

static json_t *errors_of(const struct early_warning *forecast)
{
    json_t *object = json_object();
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        json_object_set_new(object, forecast_signal_name((enum forecast_signal)i), score_of(&forecast->scores[i]));
    }
    return object;
}

static json_t *visible_of(const struct early_warning *forecast)
{
    bool visible = forecast->steps_before > 0;
    json_t *object = figures_object((struct figure[]){
        {"steps_before", figure_count(forecast->steps_before)},
        {"level", figure_where(visible, figure_count(forecast->seen_at))},
        {"signal", figure_where(visible, figure_text(forecast_signal_name(forecast->signal)))},
        {"in_spikes", figure_bool_where(visible, forecast->in_spikes)},
        {"seen", figure_where(visible, figure_number(forecast->seen))},
        {"limit", figure_where(visible, figure_number(forecast->limit))},
        {"expected", figure_where(visible, figure_number(forecast->expected))},
        {"expected_at", figure_where(visible, figure_count(forecast->expected_at))},
        {"withdrawn_signal", figure_where(forecast->withdrawn, figure_text(forecast_signal_name(forecast->signal)))},
        {NULL, NULL},
    });
    return figure_where(forecast->asked, object);
}

static json_t *next_of(const struct early_warning *forecast)
{
    json_t *object = figures_object((struct figure[]){
        {"level", figure_count(forecast->next_level)},
        {"signal", figure_text(forecast_signal_name(forecast->next_signal))},
        {"expected", figure_number(forecast->next_expected)},
        {"limit", figure_number(forecast->next_limit)},
        {"breaks", json_boolean(forecast->next_breaks)},
        {NULL, NULL},
    });
    return figure_where(forecast->next_known, object);
}

static json_t *forecast_of(const struct early_warning *forecast)
{
    bool any = forecast->asked || forecast->next_known;

    for (int i = 0; i < SIGNAL_COUNT; i++) {
        any = any || is_scored(&forecast->scores[i]);
    }
    json_t *object = figures_object((struct figure[]){
        {"errors", errors_of(forecast)},
        {"alarms", with_alarms(json_object(), &forecast->alarms)},
        {"early_warning", visible_of(forecast)},
        {"next", next_of(forecast)},
        {NULL, NULL},
    });
    return figure_where(any, object);
}

static json_t *recovery_of(const struct recovery_finding *recovery)
{
    json_t *object = figures_object((struct figure[]){
        {"recovered", figure_bool_where(!recovery->invalid, recovery->recovered)},
        {"after_ms", figure_where(recovery->recovered, figure_ms(recovery->after_ns))},
        {"again", json_boolean(recovery->again)},
        {"invalid_because", step_figures_invalid(&recovery->verdict)},
        {"within_ms", figure_ms(recovery->within_ns)},
        {"died", json_boolean(recovery->died)},
        {"idle_bytes", figure_known(recovery->idle_bytes)},
        {"first_step_bytes", figure_known(recovery->first_bytes)},
        {"highest_bytes", figure_known(recovery->highest_bytes)},
        {"held_bytes", figure_known(recovery->held_bytes)},
        {NULL, NULL},
    });
    return figure_where(recovery->record != NULL, object);
}

static json_t *whole_ns(double ns)
{
    return figure_number(round(ns));
}

static json_t *cold_place(const struct step_record *first)
{
    return figures_object((struct figure[]){
        {"phase", figure_text(step_phase_name(first->phase))},
        {"step", figure_count((uint64_t)first->index + 1)},
        {"attempt", figure_count((uint64_t)first->attempt + 1)},
        {"level", figure_count(first->level)},
        {NULL, NULL},
    });
}

static json_t *warm_place(const struct step_record *warm)
{
    return figures_object((struct figure[]){
        {"phase", figure_text("recovery")},
        {"level", figure_count(warm->level)},
        {NULL, NULL},
    });
}

static json_t *change_of(const struct backend_record *record)
{
    if (record->change_lines == 0) {
        return json_null();
    }
    return figures_object((struct figure[]){
        {"files", figure_count(record->change_files)},
        {"lines", figure_count(record->change_lines)},
        {NULL, NULL},
    });
}

static json_t *cold_start_of(const struct cold_start *cold_start)
{
    if (!cold_start->known) {
        return json_null();
    }
    return figures_object((struct figure[]){
        {"cpu_ns_per_request_cold", whole_ns(cold_start->cold_cpu_ns)},
        {"cpu_ns_per_request_warm", whole_ns(cold_start->warm_cpu_ns)},
        {"cpu_ratio", figure_number(cold_start->ratio)},
        {"was_cold", json_boolean(cold_start->cold)},
        {"trial", figure_count((uint64_t)cold_start->first->trial + 1)},
        {"cold_read_at", cold_place(cold_start->first)},
        {"warm_read_at", warm_place(cold_start->warm)},
        {NULL, NULL},
    });
}

void backend_figures_add_cold_start(json_t *row, const struct backend_finding *backend)
{
    const struct cold_start *cold_start = &backend->cold_start;
    bool known = cold_start->known;
    const struct figure figures[] = {
        {"cold_cpu_ns_per_request", figure_where(known, whole_ns(cold_start->cold_cpu_ns))},
        {"warm_cpu_ns_per_request", figure_where(known, whole_ns(cold_start->warm_cpu_ns))},
        {"cold_cpu_ratio", figure_where(known, figure_number(cold_start->ratio))},
        {NULL, NULL},
    };
    figures_add(row, figures);
}

static json_t *capacities_by_p99(const struct efficiency *efficiency)
{
    json_t *object = json_object();

    for (size_t i = 0; i < EFFICIENCY_LIMITS; i++) {
        char key[32];
        snprintf(key, sizeof key, "%" PRIu64 "ms", efficiency_limits_ns[i] / 1000000);
        json_object_set_new(object, key, figure_number(efficiency->capacities[i]));
    }
    return object;
}

static json_t *scores_of(const struct efficiency *efficiency)
{
    return figures_object((struct figure[]){
        {"critical_capacity_level", figure_number(efficiency->critical_capacity)},
        {"capacity_levels_by_p99", capacities_by_p99(efficiency)},
        {"doublings", figure_number(efficiency->doublings)},
        {"cpu_ns_per_request", figure_number(efficiency->cpu_ns_per_request)},
        {"good_rps_per_core", figure_number(efficiency->good_rps_per_core)},
        {"good_rps_per_100mb", figure_number(efficiency->good_rps_per_100mb)},
        {"memory_bytes_per_connection", figure_number(efficiency->bytes_per_connection)},
        {NULL, NULL},
    });
}

static json_t *load_of(const struct findings *findings, const struct step_finding *step)
{
    return step != NULL ? figure_number(figures_load_rps(&findings->scenario, step)) : json_null();
}

/* A load that only its runs together show to break has no run with a breach: what broke first is known all the same. */
static json_t *breaks_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *step = backend->first_break;
    json_t *array = step_figures_breaks(findings, step);

    for (size_t i = 0; json_array_size(array) == 0 && i < backend->limit_count; i++) {
        const struct limit_capacity *limit = &backend->limits[i];
        if (limit->breaks && limit->order == 1) {
            const struct limit_judgement *judgement = &step->verdict.limits[limit->place];
            json_array_append_new(array, step_figures_break(findings, step,
                                                            &(struct breach){.limit = limit->limit,
                                                                             .request = limit->request,
                                                                             .at_ns = step->record->load.measured_ns,
                                                                             .observed = judgement->observed,
                                                                             .allowed = judgement->allowed}));
        }
    }
    return array;
}

static void add_capacity(json_t *object, const struct findings *findings, const struct backend_finding *backend)
{
    const struct step_finding *first = backend->first_break;
    bool holds = backend->holds, judged = holds || backend->breaks;
    bool bounded = holds && backend->capacity_confidence > 0;
    const struct figure figures[] = {
        {"capacity_rps", load_of(findings, backend->last_good)},
        {"capacity_level", figure_where(holds, figure_count(backend->holds_at))},
        {"capacity_least_level", figure_where(judged, figure_count(backend->holds_least))},
        {"capacity_low_level", figure_where(bounded, figure_count(backend->capacity_low))},
        {"capacity_high_level", figure_where(bounded, figure_count(backend->capacity_high))},
        {"capacity_confidence", figure_number(backend->capacity_confidence)},
        {"capacity_most_level", figure_where(judged, figure_count(backend->holds_most))},
        {"breaks_at_rps", load_of(findings, backend->lowest_break)},
        {"breaks_at_level", figure_where(backend->breaks, figure_count(backend->breaks_at))},
        {"trials", figure_count(backend->trials)},
        {"not_monotone", json_boolean(backend->not_monotone)},
        {"all_invalid", json_boolean(backend->all_invalid)},
        {"breaks", first != NULL ? breaks_of(findings, backend) : json_array()},
        {NULL, NULL},
    };
    figures_add(object, figures);
}

static json_t *sentence_of(const struct findings *findings, const struct backend_finding *backend)
{
    struct text sentence = {0};
    sentence_write(&sentence, findings, backend);
    return figure_words(&sentence);
}

static json_t *resources_in_words(const struct findings *findings, const struct backend_finding *backend)
{
    struct text words = {0};
    resource_phrase_write(&words, findings, backend, backend->resource_count);
    return figure_words(&words);
}

static json_t *steps_of(const struct findings *findings, const struct backend_finding *backend)
{
    json_t *array = json_array();

    for (size_t i = 0; i < backend->step_count; i++) {
        const struct step_source source = {findings, backend, &backend->steps[i], NULL, false};
        json_array_append_new(array, step_figures(&source));
    }
    return array;
}

static json_t *soak_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct soak_finding *soak = &backend->soak;
    const struct step_source source = {findings, backend, soak->step, &soak->memory, false};

    return soak->step != NULL ? step_figures(&source) : json_null();
}

static json_t *wrong_from_start(const struct backend_finding *backend)
{
    const struct step_finding *step = backend->wrong_from_start;

    if (step == NULL) {
        return json_null();
    }
    return figures_object((struct figure[]){
        {"nothing_right", json_boolean(backend->nothing_right)},
        {"share", figure_number(wrong_responses_share(&step->record->load.tally))},
        {NULL, NULL},
    });
}

json_t *backend_figures(const struct findings *findings, const struct backend_finding *backend)
{
    const struct backend_record *record = backend->record;
    json_t *object = figures_object((struct figure[]){
        {"name", figure_text(record->name)},
        {"language", figure_text(record->language)},
        {"framework", figure_text(record->framework)},
        {"class", figure_text(record->class)},
        {"verified", figure_text(record->verified)},
        {"versions", figure_text(record->versions)},
        {"environment", figure_text(record->environment)},
        {"workers", figure_known(record->workers)},
        {"memory_given_bytes", figure_known(record->memory_given_bytes)},
        {"box", figure_text(record->box)},
        {"unboxed", figure_text(record->unboxed)},
        {"skipped", figure_text(record->skipped)},
        {"attached", figure_text(record->attached)},
        {"protocol", figure_text(record->protocol)},
        {"process_cores", figure_text(record->cores)},
        {"followed", figure_text(record->followed)},
        {"not_watched", figure_text(record->not_watched)},
        {"watch", figure_text(record->watch)},
        {"watched", figure_text(record->watched)},
        {"distrusted", figure_text(backend->distrusted)},
        {"wrong_from_start", wrong_from_start(backend)},
        {NULL, NULL},
    });
    const struct figure rest[] = {
        {"limits", limit_figures(findings, backend)},
        {"stalls", limit_figures_stalls(findings, backend)},
        {"resources", resource_figures(findings, backend)},
        {"resources_in_words", resources_in_words(findings, backend)},
        {"sentence", sentence_of(findings, backend)},
        {"steps", steps_of(findings, backend)},
        {"forecast", forecast_of(&backend->early_warning)},
        {"recovery", recovery_of(&backend->recovery)},
        {"cold_start", cold_start_of(&backend->cold_start)},
        {"soak", soak_of(findings, backend)},
        {"profile", profile_figures(findings, backend)},
        {"faults", fault_figures(findings, backend)},
        {"idle_rss_bytes", figure_known(record->idle.rss_bytes)},
        {"cold_start_ns", figure_known(record->cold_start_ns)},
        {"first_request_ns", figure_known(record->first_request_ns)},
        {"artifact_bytes", figure_known(record->artifact_bytes)},
        {"runtime_bytes", figure_known(record->runtime_bytes)},
        {"dependencies", figure_where(record->attached == NULL, figure_count(record->dependencies))},
        {"artifact_hash", figure_text(record->artifact_hash)},
        {"build_ns", figure_known(record->build_ns)},
        {"build_clean_ns", figure_known(record->build_clean_ns)},
        {"build_changed_ns", figure_known(record->build_changed_ns)},
        {"source_lines", figure_known(record->source_lines)},
        {"change", change_of(record)},
        {"scores", scores_of(&backend->efficiency)},
        {NULL, NULL},
    };

    add_capacity(object, findings, backend);
    reliability_figures_add(object, findings, backend);
    figures_add(object, rest);
    return object;
}
