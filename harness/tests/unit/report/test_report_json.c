/* What programs rely on: every key that report/json.h names is there, and the text says the same numbers. */
#include "base/file.h"
#include "base/units.h"
#include "report/report.h"
#include "report_cases.h"
#include "test.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *json_of(const struct report_case *report_case)
{
    struct text out = report_case_write(report_case, REPORT_JSON, NULL);
    json_error_t error;
    json_t *top = json_loads(out.data, JSON_REJECT_DUPLICATES, &error);

    if (top == NULL) {
        fail_msg("%s: line %d: %s", report_case->name, error.line, error.text);
    }
    assert_int_equal(out.data[out.length - 1], '\n');
    text_release(&out);
    return top;
}

/* The header is where programs' authors read what a key means. */
static void check_described(const char *name)
{
    enum { TODO_MOST = 16 };
    struct text header = {0};
    struct error err = {0};
    json_t *top = json_of(report_case_named(name));
    json_t *todo[TODO_MOST] = {top};
    size_t count = 1;

    assert_int_equal(file_read(SOURCE_FOLDER "/harness/report/data/json.h", &header, &err), 0);
    while (count > 0) {
        json_t *value = todo[--count];
        json_t *member;
        const char *key;
        json_object_foreach(value, key, member)
        {
            json_t *inner = json_is_array(member) ? json_array_get(member, 0) : member;
            bool free_keys = strcmp(key, "evidence") == 0;
            assert_true(count < TODO_MOST);
            if (json_is_object(inner) && !free_keys) {
                todo[count++] = inner;
            }
            if (strstr(header.data, key) == NULL) {
                fail_msg("\"%s\" is not described in report/json.h", key);
            }
        }
    }
    json_decref(top);
    text_release(&header);
}

TEST(every_key_is_described_in_the_header)
{
    check_described("odd_breaks");
    check_described("soak");
}

static void check_keys(const json_t *object, const char *const *keys)
{
    size_t count = 0;
    for (; keys[count] != NULL; count++) {
        if (json_object_get(object, keys[count]) == NULL) {
            fail_msg("\"%s\" is missing", keys[count]);
        }
    }
    assert_int_equal(json_object_size(object), count);
}

static void check_breaks(const json_t *breaks)
{
    static const char *const keys[] = {"limit",        "load_rps", "level",   "at_ms", "cause",
                                       "evidence",     "observed", "allowed", "unit",  "cause_in_words",
                                       "second_cause", "of",       NULL};
    size_t index;
    json_t *value;

    json_array_foreach(breaks, index, value)
    {
        check_keys(value, keys);
    }
}

static void check_requests(const json_t *requests, const char *const *failures)
{
    static const char *const keys[] = {"name",   "expectation", "offered", "sent",   "completed", "good",
                                       "failed", "failures",    "p50_ns",  "p99_ns", NULL};
    size_t index;
    json_t *value;

    json_array_foreach(requests, index, value)
    {
        check_keys(value, keys);
        check_keys(json_object_get(value, "failures"), failures);
    }
}

static void check_step(const json_t *step)
{
    static const char *const keys[] = {"trial",
                                       "step",
                                       "level",
                                       "level_unit",
                                       "attempt",
                                       "phase",
                                       "load_rps",
                                       "verdict",
                                       "limits",
                                       "breaks",
                                       "invalid_because",
                                       "disturbed",
                                       "requests",
                                       "offered",
                                       "sent",
                                       "completed",
                                       "good",
                                       "failures",
                                       "offered_rps",
                                       "completed_rps",
                                       "good_rps",
                                       "mean_ns",
                                       "p50_ns",
                                       "p90_ns",
                                       "p99_ns",
                                       "p99_low_ns",
                                       "p99_high_ns",
                                       "kernel_receive_cores",
                                       "sampling_share",
                                       "p999_ns",
                                       "max_ns",
                                       "censored",
                                       "service_p50_ns",
                                       "service_p99_ns",
                                       "cpu_ns_per_request",
                                       "service_cores_used",
                                       "service_cpu_share",
                                       "busiest_thread_share",
                                       "rss_peak_bytes",
                                       "death",
                                       "first_wrong",
                                       NULL};
    static const char *const failures[] = {"connect",  "reset",      "timeout", "status", "body",
                                           "protocol", "unanswered", "unsent",  NULL};

    check_keys(step, keys);
    check_keys(json_object_get(step, "failures"), failures);
    check_requests(json_object_get(step, "requests"), failures);
    check_breaks(json_object_get(step, "breaks"));
}

/* A step without its place, and with its memory. */
static void check_soak(const json_t *soak)
{
    static const char *const keys[] = {"measured_ns",
                                       "memory_start_bytes",
                                       "memory_end_bytes",
                                       "memory_bytes_per_s",
                                       "memory_bytes_per_s_low",
                                       "memory_bytes_per_s_high",
                                       "memory_rises",
                                       "memory_levels_off",
                                       "memory_limit_after_s",
                                       NULL};
    json_t *step = json_copy((json_t *)soak);

    for (size_t i = 0; keys[i] != NULL; i++) {
        if (json_object_del(step, keys[i]) != 0) {
            fail_msg("\"%s\" is missing", keys[i]);
        }
    }
    json_object_set_new(step, "step", json_integer(1));
    json_object_set_new(step, "attempt", json_integer(1));
    json_object_set_new(step, "phase", json_string("ladder"));
    check_step(step);
    json_decref(step);
}

static void check_backend(const json_t *backend)
{
    static const char *const keys[] = {"name",
                                       "language",
                                       "framework",
                                       "class",
                                       "versions",
                                       "workers",
                                       "skipped",
                                       "distrusted",
                                       "wrong_from_start",
                                       "limits",
                                       "stalls",
                                       "capacity_rps",
                                       "capacity_level",
                                       "capacity_least_level",
                                       "capacity_most_level",
                                       "capacity_low_level",
                                       "capacity_high_level",
                                       "capacity_confidence",
                                       "scores",
                                       "breaks_at_rps",
                                       "breaks_at_level",
                                       "trials",
                                       "not_monotone",
                                       "all_invalid",
                                       "breaks",
                                       "resources",
                                       "resources_in_words",
                                       "sentence",
                                       "steps",
                                       "forecast",
                                       "recovery",
                                       "soak",
                                       "idle_rss_bytes",
                                       "cold_start_ns",
                                       "first_request_ns",
                                       "artifact_bytes",
                                       "dependencies",
                                       "build_ns",
                                       "source_lines",
                                       NULL};
    size_t index;
    json_t *step;

    check_keys(backend, keys);
    check_breaks(json_object_get(backend, "breaks"));
    json_array_foreach(json_object_get(backend, "steps"), index, step)
    {
        check_step(step);
    }
    if (!json_is_null(json_object_get(backend, "soak"))) {
        check_soak(json_object_get(backend, "soak"));
    }
}

static void check_top(const json_t *top)
{
    static const char *const keys[] = {"schema",   "harness_version", "started",     "complete", "scenario",
                                       "why",      "scenario_hash",   "seed",        "trials",   "quick",
                                       "doubling", "arrivals",        "deadline_ns", "limits",   "machine",
                                       "cores",    "calibration",     "answer",      "backends", "warnings",
                                       "profile",  "common_level",    "comparisons", "ranking",  NULL};
    static const char *const warning_keys[] = {"kind", "text", "command", NULL};
    size_t index;
    json_t *value;

    check_keys(top, keys);
    assert_int_equal(json_integer_value(json_object_get(top, "schema")), 2);
    json_array_foreach(json_object_get(top, "backends"), index, value)
    {
        check_backend(value);
    }
    json_array_foreach(json_object_get(top, "warnings"), index, value)
    {
        check_keys(value, warning_keys);
    }
}

TEST(every_known_key_is_there_and_no_other)
{
    for (const struct report_case *report_case = report_cases; report_case->name != NULL; report_case++) {
        json_t *top = json_of(report_case);
        check_top(top);
        json_decref(top);
    }
}

static const json_t *backend_named(const json_t *top, const char *name)
{
    size_t index;
    json_t *backend;

    json_array_foreach(json_object_get(top, "backends"), index, backend)
    {
        if (strcmp(json_string_value(json_object_get(backend, "name")), name) == 0) {
            return backend;
        }
    }
    fail_msg("no service \"%s\"", name);
    return NULL;
}

TEST(capacity_is_null_where_no_step_passed_and_breaks_are_empty_where_none_was_seen)
{
    json_t *top = json_of(report_case_named("open_ends"));
    const json_t *python = backend_named(top, "python"), *rust = backend_named(top, "rust");

    assert_true(json_is_null(json_object_get(python, "capacity_rps")));
    assert_int_equal(json_array_size(json_object_get(python, "breaks")), 2);
    assert_int_equal(json_integer_value(json_object_get(rust, "capacity_rps")), 128000);
    assert_true(json_is_null(json_object_get(rust, "breaks_at_rps")));
    assert_int_equal(json_array_size(json_object_get(rust, "breaks")), 0);
    assert_true(json_is_null(json_object_get(top, "calibration")));
    assert_true(json_is_false(json_object_get(top, "complete")));
    json_decref(top);
}

TEST(closed_load_says_what_was_completed_and_which_level_it_was)
{
    json_t *top = json_of(report_case_named("connections"));
    const json_t *go = backend_named(top, "go");
    const json_t *step = json_array_get(json_object_get(go, "steps"), 1);

    assert_true(json_is_null(json_object_get(top, "arrivals")));
    assert_string_equal(json_string_value(json_object_get(step, "level_unit")), "connections");
    assert_int_equal(json_integer_value(json_object_get(go, "capacity_level")), 32);
    assert_true(json_number_value(json_object_get(go, "capacity_rps")) ==
                json_number_value(json_object_get(step, "completed_rps")));
    json_decref(top);
}

static void check_said(const char *text, const char *what, const char *figure)
{
    if (strstr(text, figure) == NULL) {
        fail_msg("%s, %s, is not in the report", what, figure);
    }
}

TEST(text_and_markdown_say_the_figures_that_json_has)
{
    json_t *top = json_of(report_case_named("four_services")), *backend;
    struct text text = report_case_write(report_case_named("four_services"), REPORT_TEXT, NULL);
    struct text markdown = report_case_write(report_case_named("four_services"), REPORT_MARKDOWN, NULL);
    char figure[UNITS_TEXT];
    size_t i;

    json_array_foreach(json_object_get(top, "backends"), i, backend)
    {
        const json_t *steps = json_object_get(backend, "steps");
        const json_t *held = json_array_get(steps, 1);
        if (held == NULL) {
            continue;
        }
        units_write_count(figure, (uint64_t)json_integer_value(json_object_get(backend, "capacity_rps")));
        check_said(text.data, "capacity", figure);
        check_said(markdown.data, "capacity", figure);
        units_write_count(figure, (uint64_t)json_integer_value(json_object_get(backend, "breaks_at_rps")));
        check_said(text.data, "the break", figure);
        units_write_duration(figure, (uint64_t)json_integer_value(json_object_get(held, "p99_ns")));
        check_said(text.data, "p99", figure);
        check_said(markdown.data, "p99", figure);
        units_write_duration(figure, (uint64_t)json_integer_value(json_object_get(held, "cpu_ns_per_request")));
        check_said(text.data, "CPU a request", figure);
    }
    text_release(&text);
    text_release(&markdown);
    json_decref(top);
}
