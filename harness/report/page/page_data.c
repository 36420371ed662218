#include "report/page/page_data.h"

#include "analysis/usage/memory_usage.h"
#include "analysis/verdict/percentile_bounds.h"
#include "plan/scenario/limits.h"
#include "report/data/figure.h"
#include "report/data/json.h"
#include "report/report.h"
#include "report/words/after/leak_phrase.h"
#include "report/words/after/soak_phrase.h"
#include "report/words/breach.h"
#include "report/words/disturbance_phrase.h"
#include "report/words/reason.h"

#include <stdbool.h>
#include <stddef.h>

static json_t *breaks_of(const struct findings *findings, const struct step_finding *step)
{
    json_t *array = json_array();

    for (size_t i = 0; i < step->verdict.breach_count; i++) {
        struct text words = {0};
        breach_figures(&words, findings, step, &step->verdict.breaches[i]);
        json_array_append_new(array, figure_words(&words));
    }
    return array;
}

static json_t *bounds_of(const struct load_record *load, double quantile)
{
    struct percentile_bounds bounds;

    percentile_bounds_find(load, quantile, &bounds);
    if (!bounds.known) {
        return json_null();
    }
    json_t *array = json_array();
    json_array_append_new(array, figure_count(bounds.low_ns));
    json_array_append_new(array, figure_count(bounds.high_ns));
    return array;
}

static json_t *intervals_of(const struct load_record *load)
{
    json_t *object = json_object();

    for (const struct percentile *each = limits_percentiles; each->name != NULL; each++) {
        json_object_set_new(object, each->name, bounds_of(load, each->share));
    }
    return object;
}

static json_t *step_of(const struct findings *findings, const struct step_finding *step)
{
    struct text invalid = {0}, disturbed = {0};

    reason_invalid(&invalid, &step->verdict);
    disturbance_phrase(&disturbed, &step->disturbance);
    return figures_object((struct figure[]){
        {"breaks", breaks_of(findings, step)},
        {"first_breaks", figure_count(breach_first_count(&step->verdict))},
        {"invalid", figure_words(&invalid)},
        {"disturbed", figure_words(&disturbed)},
        {"intervals", intervals_of(&step->record->load)},
        {"memory_share", figure_number(memory_usage_bytes(&step->record->memory, 1))},
        {NULL, NULL},
    });
}

static json_t *soak_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct soak_finding *soak = &backend->soak;
    struct text sentence = {0}, estimate = {0}, interval = {0};

    if (soak->step == NULL) {
        return json_null();
    }
    json_t *object = step_of(findings, soak->step);
    soak_phrase(&sentence, findings, backend);
    leak_phrase_estimate(&estimate, &soak->memory);
    leak_phrase_interval(&interval, &soak->memory);
    figures_add(object, (struct figure[]){
                            {"trial", figure_count((uint64_t)soak->step->record->trial + 1)},
                            {"sentence", figure_words(&sentence)},
                            {"estimate", figure_words(&estimate)},
                            {"interval", figure_words(&interval)},
                            {NULL, NULL},
                        });
    return object;
}

/* Which of its steps; null for NULL. */
static json_t *index_in(const struct backend_finding *backend, const struct step_finding *step)
{
    return step != NULL ? json_integer(step - backend->steps) : json_null();
}

/* The trial that stands for the service, counted from 1; its first one where none does. */
static json_t *standing_trial(const struct backend_finding *backend)
{
    const struct step_finding *step = backend->first_break;

    if (step == NULL) {
        step = backend->last_good;
    }
    if (step == NULL && backend->step_count > 0) {
        step = &backend->steps[0];
    }
    return step != NULL ? figure_count((uint64_t)step->record->trial + 1) : json_null();
}

static json_t *recovery_gap(const struct recovery_finding *recovery)
{
    if (recovery->record == NULL || recovery->within_ns == 0) {
        return json_null();
    }
    return figure_count(recovery->within_ns - recovery->record->load.measured_ns);
}

static void put_shown(struct figure_stream *stream, const struct findings *findings,
                      const struct backend_finding *backend)
{
    figure_stream_object(stream, NULL);
    figure_stream_figures(stream, (struct figure[]){
                                      {"standing_trial", standing_trial(backend)},
                                      {"last_good", index_in(backend, backend->last_good)},
                                      {"lowest_break", index_in(backend, backend->lowest_break)},
                                      {"first_break", index_in(backend, backend->first_break)},
                                      {NULL, NULL},
                                  });
    figure_stream_array(stream, "steps");
    for (size_t i = 0; i < backend->step_count; i++) {
        figure_stream_put(stream, NULL, step_of(findings, &backend->steps[i]));
    }
    figure_stream_end(stream);
    figure_stream_put(stream, "recovery_gap_ns", recovery_gap(&backend->recovery));
    figure_stream_put(stream, "soak", soak_of(findings, backend));
    figure_stream_end(stream);
}

static json_t *markdown_of(const struct findings *findings)
{
    struct text markdown = {0};

    report_write(findings, REPORT_MARKDOWN, NULL, &markdown);
    return figure_words(&markdown);
}

void page_data_put(struct figure_stream *stream, const struct findings *findings, const char *file)
{
    figure_stream_object(stream, NULL);
    figure_stream_put(stream, "file", figure_text(file));
    figure_stream_object(stream, "report");
    json_put_findings(stream, findings);
    figure_stream_end(stream);
    figure_stream_put(stream, "markdown", markdown_of(findings));
    figure_stream_put(stream, "scenario_text", figure_text(findings->log->run.scenario_text));
    figure_stream_array(stream, "shown");
    for (size_t i = 0; i < findings->backend_count; i++) {
        put_shown(stream, findings, &findings->backends[i]);
    }
    figure_stream_end(stream);
    figure_stream_end(stream);
}

void page_data_write(const struct findings *findings, const char *file, struct text *out)
{
    struct figure_stream stream = {.take = figure_stream_to_text, .into = out};

    page_data_put(&stream, findings, file);
}
