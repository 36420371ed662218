#include "report/data/json.h"

#include "report/data/json_forecast.h"
#include "report/data/json_run.h"
#include "report/data/json_soak.h"
#include "report/data/json_standing.h"
#include "report/data/json_step.h"
#include "report/data/json_value.h"
#include "report/words/conclusion.h"
#include "report/words/figures.h"
#include "report/words/sentence.h"

#include <stdbool.h>
#include <stddef.h>

#define SCHEMA 1

static json_t *doubling(const struct scenario *scenario)
{
    static const char *const names[] = {[DOUBLING_RATE] = "rate",
                                        [DOUBLING_CONNECTIONS] = "connections",
                                        [DOUBLING_OPEN] = "open_connections",
                                        [DOUBLING_VALUE] = "value"};
    json_t *object = json_object();

    json_object_set_new(object, "what", json_value_text(names[scenario->doubling]));
    json_object_set_new(object, "level_unit", json_value_text(figures_level_unit(scenario)));
    json_object_set_new(object, "from", json_value_count(scenario->from));
    json_object_set_new(object, "steps", json_value_count(scenario->steps));
    return object;
}

static json_t *limits(const struct findings *findings)
{
    const struct limits *judged = &findings->scenario.limits;
    json_t *object = json_object();

    json_object_set_new(object, "percentile", judged->latency_ns > 0 ? json_real(judged->percentile) : json_null());
    json_object_set_new(object, "latency_ns", json_value_known(judged->latency_ns, 0));
    json_object_set_new(object, "error_share", json_value_share(judged->error_share));
    json_object_set_new(object, "throughput_share", json_value_share(judged->throughput_share));
    json_object_set_new(object, "memory_bytes", json_value_known(judged->memory_bytes, 0));
    json_object_set_new(object, "changed_by_reader", json_boolean(findings->other_limits));
    return object;
}

static void add_run(json_t *top, const struct findings *findings)
{
    const struct run_log *log = findings->log;
    const struct scenario *scenario = &findings->scenario;
    bool open = scenario->doubling != DOUBLING_CONNECTIONS;

    json_object_set_new(top, "harness_version", json_value_text(log->run.harness_version));
    json_object_set_new(top, "started", json_value_text(log->run.started));
    json_object_set_new(top, "complete", json_boolean(log->end.present && !log->end.interrupted));
    json_object_set_new(top, "scenario", json_value_text(scenario->name));
    json_object_set_new(top, "why", json_value_text(scenario->why));
    json_object_set_new(top, "scenario_hash", json_value_text(log->run.scenario_hash));
    json_object_set_new(top, "seed", json_value_count(log->run.seed));
    json_object_set_new(top, "trials", json_value_count(log->run.trials));
    json_object_set_new(top, "quick", json_boolean(findings->profile == PROFILE_QUICK));
    json_object_set_new(top, "profile", json_string(profile_name(findings->profile)));
    json_object_set_new(top, "doubling", doubling(scenario));
    json_object_set_new(top, "arrivals",
                        open ? json_string(scenario->arrivals == ARRIVALS_EVEN ? "even" : "poisson") : json_null());
    json_object_set_new(top, "deadline_ns", json_value_count(scenario->deadline_ns));
    json_object_set_new(top, "limits", limits(findings));
}

static json_t *level_of(bool known, uint64_t level)
{
    return known ? json_value_count(level) : json_null();
}

static json_t *load_of(const struct findings *findings, const struct step_finding *step)
{
    return step != NULL ? json_value_number(figures_load_rps(&findings->scenario, step)) : json_null();
}

static void add_capacity(json_t *object, const struct findings *findings, const struct backend_finding *backend)
{
    bool judged = backend->holds || backend->breaks;

    json_object_set_new(object, "capacity_rps", load_of(findings, backend->last_good));
    json_object_set_new(object, "capacity_level", level_of(backend->holds, backend->holds_at));
    json_object_set_new(object, "capacity_least_level", level_of(judged, backend->holds_least));
    json_object_set_new(object, "capacity_low_level",
                        level_of(backend->holds && backend->capacity_confidence > 0, backend->capacity_low));
    json_object_set_new(object, "capacity_high_level",
                        level_of(backend->holds && backend->capacity_confidence > 0, backend->capacity_high));
    json_object_set_new(object, "capacity_confidence", json_value_number(backend->capacity_confidence));
    json_object_set_new(object, "capacity_most_level", level_of(judged, backend->holds_most));
    json_object_set_new(object, "breaks_at_rps", load_of(findings, backend->lowest_break));
    json_object_set_new(object, "breaks_at_level", level_of(backend->breaks, backend->breaks_at));
    json_object_set_new(object, "trials", json_value_count(backend->trials));
    json_object_set_new(object, "not_monotone", json_boolean(backend->not_monotone));
    json_object_set_new(object, "all_invalid", json_boolean(backend->all_invalid));
    json_object_set_new(object, "breaks",
                        backend->first_break != NULL ? json_step_breaks(findings, backend->first_break) : json_array());
}

static void add_costs(json_t *object, const struct backend_record *record)
{
    json_object_set_new(object, "idle_rss_bytes", json_value_known(record->idle.rss_bytes, 0));
    json_object_set_new(object, "cold_start_ns", json_value_known(record->cold_start_ns, 0));
    json_object_set_new(object, "first_request_ns", json_value_known(record->first_request_ns, 0));
    json_object_set_new(object, "artifact_bytes", json_value_known(record->artifact_bytes, 0));
    json_object_set_new(object, "dependencies", json_value_count(record->dependencies));
    json_object_set_new(object, "build_ns", json_value_known(record->build_ns, 0));
    json_object_set_new(object, "source_lines", json_value_known(record->source_lines, 0));
}

static json_t *backend_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct backend_record *record = backend->record;
    json_t *object = json_object(), *steps = json_array();
    struct text sentence = {0};

    json_object_set_new(object, "name", json_value_text(record->name));
    json_object_set_new(object, "language", json_value_text(record->language));
    json_object_set_new(object, "framework", json_value_text(record->framework));
    json_object_set_new(object, "class", json_value_text(record->class));
    json_object_set_new(object, "versions", json_value_text(record->versions));
    json_object_set_new(object, "workers", json_value_known(record->workers, 0));
    json_object_set_new(object, "skipped", json_value_text(record->skipped));
    json_object_set_new(object, "distrusted", json_value_text(backend->distrusted));
    add_capacity(object, findings, backend);
    sentence_write(&sentence, findings, backend);
    json_object_set_new(object, "sentence", json_value_text(sentence.data));
    text_release(&sentence);
    for (size_t i = 0; i < backend->step_count; i++) {
        json_array_append_new(steps, json_step(findings, &backend->steps[i]));
    }
    json_object_set_new(object, "steps", steps);
    json_object_set_new(object, "forecast", json_forecast_forecast(backend));
    json_object_set_new(object, "recovery", json_forecast_recovery(backend));
    json_object_set_new(object, "soak", json_soak(findings, backend));
    add_costs(object, record);
    json_object_set_new(object, "scores", json_standing_scores(backend));
    return object;
}

static json_t *warnings_of(const struct findings *findings)
{
    static const char *const kinds[] = {[WARNING_GENERATOR] = "generator",
                                        [WARNING_MACHINE] = "machine",
                                        [WARNING_SKIPPED] = "skipped",
                                        [WARNING_AUDIT] = "audit",
                                        [WARNING_RUN] = "run"};
    json_t *array = json_array();

    for (size_t i = 0; i < findings->warning_count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "kind", json_value_text(kinds[findings->warnings[i].kind]));
        json_object_set_new(object, "text", json_value_text(findings->warnings[i].text));
        json_object_set_new(object, "command", json_value_text(findings->warnings[i].command));
        json_array_append_new(array, object);
    }
    return array;
}

json_t *json_findings(const struct findings *findings)
{
    json_t *top = json_object(), *backends = json_array();
    struct text answer = {0};

    json_object_set_new(top, "schema", json_integer(SCHEMA));
    add_run(top, findings);
    json_object_set_new(top, "machine", json_run_machine(&findings->log->run.machine));
    json_object_set_new(top, "cores", json_run_cores(findings));
    json_object_set_new(top, "calibration", json_run_calibration(&findings->log->run.calibration));
    conclusion_write(&answer, findings);
    json_object_set_new(top, "answer", json_value_text(answer.data));
    text_release(&answer);
    for (size_t i = 0; i < findings->backend_count; i++) {
        json_array_append_new(backends, backend_of(findings, &findings->backends[i]));
    }
    json_object_set_new(top, "backends", backends);
    json_object_set_new(top, "common_level", level_of(findings->common_level > 0, findings->common_level));
    json_object_set_new(top, "comparisons", json_standing_rivals(findings));
    json_object_set_new(top, "warnings", warnings_of(findings));
    return top;
}

static int append(const char *buffer, size_t size, void *out)
{
    text_append(out, buffer, size);
    return 0;
}

void json_write_findings(const struct findings *findings, struct text *out)
{
    json_t *top = json_findings(findings);

    json_dump_callback(top, append, out, JSON_INDENT(2) | JSON_REAL_PRECISION(10));
    text_add(out, "\n");
    json_decref(top);
}
