#include "report/html.h"

#include "report/html_record.h"
#include "report/html_template.h"
#include "report/json.h"
#include "report/json_value.h"
#include "report/report.h"

#include <jansson.h>
#include <string.h>

#define FORMAT 1

/* Where the page leaves room for what only a run knows. */
#define DATA_PLACE "<!--twofold:data-->"
#define TEXT_PLACE "<!--twofold:text-->"

static json_t *forecast_of(const struct forecast_record *record)
{
    json_t *object = json_object();

    json_object_set_new(object, "trial", json_value_count((uint64_t)record->trial + 1));
    json_object_set_new(object, "step", json_value_count((uint64_t)record->index + 1));
    json_object_set_new(object, "level", json_value_count(record->level));
    json_object_set_new(object, "service_cores", json_value_number(record->expected.service_cores));
    json_object_set_new(object, "memory_bytes", json_value_number(record->expected.memory_bytes));
    json_object_set_new(object, "p99_ns", json_value_number(record->expected.p99_ns));
    json_object_set_new(object, "in_flight", json_value_number(record->expected.in_flight));
    json_object_set_new(object, "busiest_thread", json_value_number(record->expected.busiest_thread));
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

static json_t *raw_of(const struct run_log *log, const struct backend_finding *backend)
{
    const struct step_record *recovery = backend->recovery.record;
    json_t *object = json_object(), *steps = json_array();

    for (size_t i = 0; i < backend->step_count; i++) {
        json_array_append_new(steps, html_record_step(backend->steps[i].record));
    }
    json_object_set_new(object, "steps", steps);
    json_object_set_new(object, "recovery", recovery != NULL ? html_record_step(recovery) : json_null());
    json_object_set_new(object, "forecasts", forecasts_of(log, backend->record->name));
    return object;
}

static json_t *run_of(const struct html_run *run)
{
    const struct findings *findings = run->findings;
    json_t *object = json_object(), *raw = json_array();

    for (size_t i = 0; i < findings->backend_count; i++) {
        json_array_append_new(raw, raw_of(findings->log, &findings->backends[i]));
    }
    json_object_set_new(object, "file", json_value_text(run->file));
    json_object_set_new(object, "report", json_findings(findings));
    json_object_set_new(object, "scenario_text", json_value_text(findings->log->run.scenario_text));
    json_object_set_new(object, "raw", raw);
    return object;
}

/* Only strings can hold a '<', and inside them it may be written as its number: then no end of an element, and no
 * comment, can come from the data. */
static int append_inert(const char *buffer, size_t size, void *out)
{
    for (size_t from = 0, to; from < size; from = to + 1) {
        const char *found = memchr(buffer + from, '<', size - from);
        to = found != NULL ? (size_t)(found - buffer) : size;
        text_append(out, buffer + from, to - from);
        if (found != NULL) {
            text_add(out, "\\u003c");
        }
    }
    return 0;
}

static void write_data(const struct html_run *runs, size_t count, struct text *out)
{
    json_t *top = json_object(), *array = json_array();

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(array, run_of(&runs[i]));
    }
    json_object_set_new(top, "format", json_integer(FORMAT));
    json_object_set_new(top, "runs", array);
    text_add(out, "<script type=\"application/json\" id=\"twofold-data\">");
    json_dump_callback(top, append_inert, out, JSON_COMPACT | JSON_ENSURE_ASCII);
    text_add(out, "</script>");
    json_decref(top);
}

static void append_escaped(struct text *out, const char *string)
{
    for (; *string != '\0'; string++) {
        switch (*string) {
        case '<':
            text_add(out, "&lt;");
            break;
        case '>':
            text_add(out, "&gt;");
            break;
        case '&':
            text_add(out, "&amp;");
            break;
        default:
            text_append(out, string, 1);
        }
    }
}

static void write_text(const struct html_run *runs, size_t count, struct text *out)
{
    for (size_t i = 0; i < count; i++) {
        struct text report = {0};
        report_write(runs[i].findings, REPORT_TEXT, NULL, &report);
        text_add(out, "<pre>");
        append_escaped(out, report.data);
        text_add(out, "</pre>");
        text_release(&report);
    }
}

int html_write(const struct html_run *runs, size_t count, struct text *out, struct error *err)
{
    const char *page = (const char *)html_template;
    const char *data = strstr(page, DATA_PLACE), *text = strstr(page, TEXT_PLACE);

    if (data == NULL || text == NULL || text > data) {
        return error_failed(err, "this twofold was built without the page that html reports are made of: install "
                                 "Node.js 18 or later with npm, and build it again (make)");
    }
    text_append(out, page, (size_t)(text - page));
    write_text(runs, count, out);
    text += strlen(TEXT_PLACE);
    text_append(out, text, (size_t)(data - text));
    write_data(runs, count, out);
    text_add(out, data + strlen(DATA_PLACE));
    return 0;
}
