#include "host/watch/process_metrics.h"

#include "case_folder.h"
#include "test.h"

#include <math.h>
#include <stdbool.h>

#define CASES TESTS_FOLDER "/cases/metrics"

static void add(struct text *out, const char *key, double value)
{
    if (!isnan(value)) {
        text_format(out, "%s %.12g\n", key, value);
    }
}

static void describe(const struct process_metrics *metrics, struct text *out)
{
    add(out, "cpu_s", metrics->cpu_s);
    add(out, "resident_bytes", metrics->resident_bytes);
    add(out, "file_descriptors", metrics->file_descriptors);
    add(out, "file_descriptor_limit", metrics->file_descriptor_limit);
    add(out, "start_s", metrics->start_s);
    add(out, "event_loop_lag_ns", metrics->runtime.event_loop_lag_ns);
    add(out, "gc_ns", metrics->runtime.gc_ns);
    add(out, "gc_runs", metrics->runtime.gc_runs);
    add(out, "goroutines", metrics->runtime.goroutines);
    add(out, "pool_connections", metrics->runtime.pool_connections);
    add(out, "pool_active", metrics->runtime.pool_active);
    add(out, "pool_waiting", metrics->runtime.pool_waiting);
}

static char *read_of(const char *path, const char *name)
{
    struct text text = {0};
    char *file = file_join(path, name);
    bool there = file_read(file, &text, NULL) == 0;

    free(file);
    if (!there) {
        text_release(&text);
        return NULL;
    }
    return text_take(&text);
}

static void check(const char *path)
{
    struct process_metrics metrics;
    struct error err = {0};
    struct text said = {0};
    char *page = read_of(path, "page"), *expected = read_of(path, "expected");

    assert_non_null(page);
    if (process_metrics_read(&metrics, page, &err) != 0) {
        assert_true(case_folder_agrees(path, &err));
    } else {
        describe(&metrics, &said);
        assert_non_null(expected);
        assert_string_equal(said.data, expected);
    }
    text_release(&said);
    free(page);
    free(expected);
}

TEST(pages_of_the_clients_of_five_languages_and_what_is_none)
{
    assert_int_equal(case_folder_each(CASES, check), 11);
}

TEST(what_is_wrong_leaves_the_figures_as_they_were)
{
    struct process_metrics metrics = {.cpu_s = 4711};

    assert_int_equal(process_metrics_read(&metrics, "", NULL), -1);
    assert_int_equal(process_metrics_read(&metrics, "process_cpu_seconds_total", NULL), -1);
    assert_int_equal(process_metrics_read(&metrics, "process_cpu_seconds_total x", NULL), -1);
    assert_int_equal(process_metrics_read(&metrics, "process_cpu_seconds_total{a=\"\\\"} 1", NULL), -1);
    assert_int_equal(process_metrics_read(&metrics, "process_cpu_seconds_total -1\n", NULL), -1); /* no CPU time */
    assert_true(metrics.cpu_s == 4711);
}
