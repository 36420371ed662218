/* What programs read in the JSON of a report, and that the text says the same. */
#include "base/units.h"
#include "report/report.h"
#include "report_cases.h"
#include "test.h"

#include <jansson.h>
#include <string.h>

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

TEST(a_cold_start_is_a_figure_of_its_own_in_json_and_a_sentence_where_it_cost_something)
{
    json_t *top = report_case_json(report_case_named("soak"));
    const json_t *cold = json_object_get(backend_named(top, "leaks"), "cold_start");
    const json_t *warm = json_object_get(backend_named(top, "calm"), "cold_start");
    const char *said = json_string_value(json_object_get(backend_named(top, "leaks"), "sentence"));
    const char *unsaid = json_string_value(json_object_get(backend_named(top, "calm"), "sentence"));

    assert_int_equal(json_integer_value(json_object_get(cold, "cpu_ns_per_request_cold")), 1200000);
    assert_int_equal(json_integer_value(json_object_get(cold, "cpu_ns_per_request_warm")), 300000);
    assert_true(json_number_value(json_object_get(cold, "cpu_ratio")) == 4);
    assert_true(json_is_true(json_object_get(cold, "was_cold")));
    assert_non_null(strstr(said, "A request took 1.20 ms of CPU in the first step of the fresh process (64,000/s), and "
                                 "300 us under the same load after the ladder: 4.0 times as much while it was cold."));
    assert_true(json_is_false(json_object_get(warm, "was_cold")));
    assert_null(strstr(unsaid, "cold"));
    assert_true(json_is_null(json_object_get(backend_named(top, "none"), "cold_start")));
    json_decref(top);
}

TEST(a_stall_is_told_with_what_the_host_did_then)
{
    json_t *top = report_case_json(report_case_named("odd_breaks"));
    const json_t *hair = backend_named(top, "hair"), *holes = backend_named(top, "holes");
    const char *said = json_string_value(json_object_get(hair, "sentence"));
    const char *unread = json_string_value(json_object_get(holes, "sentence"));
    const json_t *host = json_object_get(json_array_get(json_object_get(hair, "stalls"), 0), "host");

    assert_true(json_number_value(json_object_get(host, "from_ms")) == 1200);
    assert_int_equal(json_integer_value(json_object_get(host, "accept_queue_peak")), 37);
    assert_true(json_number_value(json_object_get(host, "run_delay_ms")) == 75);
    assert_non_null(strstr(said, json_string_value(json_object_get(host, "in_words"))));
    assert_non_null(strstr(said, "A stall of 180 ms at 4,000/s, 1.25 s into the step, put latency above its limit; "));
    assert_non_null(strstr(said, "Meanwhile, from 1.20 s to 1.50 s, its processes used 0.02 cores ("));
    assert_non_null(strstr(said,
                           " and waited for a core for 75.0 ms in all; other programs took 60 % of its cores; its "
                           "memory rose by 3.00 MiB; it waited for a disk; it read 12 pages of memory from a disk; "
                           "up to 37 connections waited in its accept queue."));
    assert_true(json_is_null(json_object_get(json_array_get(json_object_get(holes, "stalls"), 0), "host")));
    assert_non_null(strstr(unread, "What the host did then was not read."));
    json_decref(top);
}

TEST(the_calibration_of_each_block_is_listed_with_their_spread)
{
    json_t *top = report_case_json(report_case_named("trials")),
           *single = report_case_json(report_case_named("four_services"));
    struct text text = report_case_write(report_case_named("trials"), REPORT_TEXT,
                                         &(struct report_options){.details = true, .steps = true});
    const json_t *blocks = json_object_get(top, "calibrations"), *spread = json_object_get(top, "calibration_spread");
    const json_t *second = json_array_get(blocks, 1);

    assert_int_equal(json_array_size(blocks), 3);
    assert_int_equal(json_integer_value(json_object_get(second, "trial")), 2);
    assert_int_equal(json_integer_value(json_object_get(second, "throughput_rps")), 90000);
    assert_true(json_is_true(json_object_get(second, "disturbed")));
    assert_int_equal(json_integer_value(json_object_get(spread, "blocks")), 2);
    assert_int_equal(json_integer_value(json_object_get(spread, "least_rps")), 168000);
    assert_int_equal(json_integer_value(json_object_get(spread, "most_rps")), 181000);
    assert_int_equal(json_array_size(json_object_get(single, "calibrations")), 0);
    assert_true(json_is_null(json_object_get(single, "calibration_spread")));
    assert_string_equal(json_string_value(json_object_get(backend_named(top, "rust"), "followed")), "4711 nginx");
    assert_non_null(strstr(text.data, "4711 nginx"));
    text_release(&text);
    json_decref(top);
    json_decref(single);
}

TEST(capacity_is_null_where_no_step_passed_and_breaks_are_empty_where_none_was_seen)
{
    json_t *top = report_case_json(report_case_named("open_ends"));
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
    json_t *top = report_case_json(report_case_named("connections"));
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
    json_t *top = report_case_json(report_case_named("four_services")), *backend;
    struct text text = report_case_write(report_case_named("four_services"), REPORT_TEXT,
                                         &(struct report_options){.details = true, .steps = true});
    struct text markdown = report_case_write(report_case_named("four_services"), REPORT_MARKDOWN,
                                             &(struct report_options){.details = true, .steps = true});
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
