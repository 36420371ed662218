#include "report/html.h"

#include "record/run_fields.h"
#include "report/data/figure.h"
#include "report/data/html_after.h"
#include "report/data/html_page.h"
#include "report/data/html_record.h"
#include "report/data/json.h"
#include "report/report.h"

#include <jansson.h>
#include <string.h>

#define FORMAT 1

static json_t *forecast_of(const struct forecast_record *record)
{
    json_t *object = json_object();

    json_object_set_new(object, "trial", figure_count((uint64_t)record->trial + 1));
    json_object_set_new(object, "step", figure_count((uint64_t)record->index + 1));
    json_object_set_new(object, "level", figure_count(record->level));
    json_object_set_new(object, "service_cores", figure_number(record->expected.service_cores));
    json_object_set_new(object, "memory_bytes", figure_number(record->expected.memory_bytes));
    json_object_set_new(object, "p99_ns", figure_number(record->expected.p99_ns));
    json_object_set_new(object, "in_flight", figure_number(record->expected.in_flight));
    json_object_set_new(object, "busiest_thread", figure_number(record->expected.busiest_thread));
    return object;
}

static json_t *forecasts_of(const struct run_log *log, const char *backend)
{
    json_t *array = json_array();
    for (size_t i = 0; i < log->forecast_count; i++) {
        if (strcmp(log->forecasts[i].backend, backend) == 0) {
            json_array_append_new(array, forecast_of(&log->forecasts[i]));
        }
    }
    return array;
}

static json_t *raw_of(const struct findings *findings, const struct backend_finding *backend)
{
    const struct traffic *traffic = &findings->scenario.traffic;
    const char *name = backend->record->name;
    json_t *object = json_object(), *steps = json_array(), *idle = json_object();

    for (size_t i = 0; i < backend->step_count; i++) {
        json_array_append_new(steps, html_record_step(backend->steps[i].record, traffic));
    }
    json_object_set_new(object, "steps", steps);
    fields_write(memory_fields, &backend->record->idle, idle);
    json_object_set_new(object, "idle", idle);
    json_object_set_new(object, "recoveries", html_after_recoveries(findings, name));
    json_object_set_new(object, "soaks", html_after_soaks(findings, name));
    json_object_set_new(object, "forecasts", forecasts_of(findings->log, name));
    return object;
}

static json_t *run_of(const struct html_run *run)
{
    const struct findings *findings = run->findings;
    json_t *object = json_object(), *raw = json_array();

    for (size_t i = 0; i < findings->backend_count; i++) {
        json_array_append_new(raw, raw_of(findings, &findings->backends[i]));
    }
    json_object_set_new(object, "file", figure_text(run->file));
    json_object_set_new(object, "report", json_findings(findings));
    json_object_set_new(object, "scenario_text", figure_text(findings->log->run.scenario_text));
    json_object_set_new(object, "raw", raw);
    return object;
}

int html_write(const struct html_run *runs, size_t count, struct text *out, struct error *err)
{
    json_t *top = json_object(), *array = json_array();
    struct text plain = {0};

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(array, run_of(&runs[i]));
        report_write(runs[i].findings, REPORT_TEXT, NULL, &plain);
        text_add(&plain, i + 1 < count ? "\n\n" : "");
    }
    json_object_set_new(top, "format", json_integer(FORMAT));
    json_object_set_new(top, "runs", array);
    int result = html_page_write(&(struct html_page){"report", top, &plain}, out, err);
    json_decref(top);
    text_release(&plain);
    return result;
}
