#include "host/watch/process_metrics.h"

#include "host/watch/prometheus_text.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Where a figure goes. Of several names for one member the first that is on the page counts. */
static const struct metric {
    const char *name;
    const char *label, *value; /* that it must have; NULL: any */
    size_t offset;
    double scale;
} sources[] = {
#define INTO(member) offsetof(struct process_metrics, member)
    {"process_cpu_seconds_total", NULL, NULL, INTO(cpu_s), 1},
    {"process_cpu_time_ns_total", NULL, NULL, INTO(cpu_s), 1e-9},
    {"process_resident_memory_bytes", NULL, NULL, INTO(resident_bytes), 1},
    {"process_open_fds", NULL, NULL, INTO(file_descriptors), 1},
    {"process_files_open_files", NULL, NULL, INTO(file_descriptors), 1},
    {"process_max_fds", NULL, NULL, INTO(file_descriptor_limit), 1},
    {"process_files_max_files", NULL, NULL, INTO(file_descriptor_limit), 1},
    {"process_start_time_seconds", NULL, NULL, INTO(start_s), 1},
    {"nodejs_eventloop_lag_p99_seconds", NULL, NULL, INTO(runtime.event_loop_lag_ns), 1e9},
    {"nodejs_eventloop_lag_mean_seconds", NULL, NULL, INTO(runtime.event_loop_lag_ns), 1e9},
    {"nodejs_eventloop_lag_seconds", NULL, NULL, INTO(runtime.event_loop_lag_ns), 1e9},
    {"go_gc_duration_seconds_sum", NULL, NULL, INTO(runtime.gc_ns), 1e9},
    {"nodejs_gc_duration_seconds_sum", NULL, NULL, INTO(runtime.gc_ns), 1e9},
    {"jvm_gc_collection_seconds_sum", NULL, NULL, INTO(runtime.gc_ns), 1e9},
    {"jvm_gc_pause_seconds_sum", NULL, NULL, INTO(runtime.gc_ns), 1e9},
    {"go_gc_duration_seconds_count", NULL, NULL, INTO(runtime.gc_runs), 1},
    {"nodejs_gc_duration_seconds_count", NULL, NULL, INTO(runtime.gc_runs), 1},
    {"jvm_gc_collection_seconds_count", NULL, NULL, INTO(runtime.gc_runs), 1},
    {"jvm_gc_pause_seconds_count", NULL, NULL, INTO(runtime.gc_runs), 1},
    {"python_gc_collections_total", NULL, NULL, INTO(runtime.gc_runs), 1},
    {"go_goroutines", NULL, NULL, INTO(runtime.goroutines), 1},
    {"hikaricp_connections", NULL, NULL, INTO(runtime.pool_connections), 1},
    {"go_sql_open_connections", NULL, NULL, INTO(runtime.pool_connections), 1},
    {"jdbc_connections_max", NULL, NULL, INTO(runtime.pool_connections), 1},
    {"hikaricp_connections_active", NULL, NULL, INTO(runtime.pool_active), 1},
    {"go_sql_in_use_connections", NULL, NULL, INTO(runtime.pool_active), 1},
    {"jdbc_connections_active", NULL, NULL, INTO(runtime.pool_active), 1},
    {"db_client_connections_usage", "state", "used", INTO(runtime.pool_active), 1},
    {"db_client_connection_count", "state", "used", INTO(runtime.pool_active), 1},
    {"hikaricp_connections_pending", NULL, NULL, INTO(runtime.pool_waiting), 1},
    {"db_client_connections_pending_requests", NULL, NULL, INTO(runtime.pool_waiting), 1},
#undef INTO
};

enum { SOURCES = sizeof sources / sizeof sources[0] };

static double *member_at(struct process_metrics *metrics, size_t offset)
{
    return (double *)(void *)((char *)metrics + offset);
}

/* What was read: for each source the sum, and whether it was there at all. */
struct told {
    bool there[SOURCES];
    double sums[SOURCES];
};

/* No figure that is used is ever below 0, and one that is no number tells nothing. */
static void take(struct told *told, const struct prometheus_figure *figure)
{
    if (!isfinite(figure->value) || figure->value < 0) {
        return;
    }
    for (size_t i = 0; i < SOURCES; i++) {
        if (prometheus_figure_is(figure, sources[i].name) &&
            (sources[i].label == NULL || prometheus_figure_has(figure, sources[i].label, sources[i].value))) {
            told->there[i] = true;
            told->sums[i] += figure->value * sources[i].scale;
        }
    }
}

static void settle(const struct told *told, struct process_metrics *ret_metrics)
{
    struct process_metrics metrics = {.runtime = {.at_ns = 0}};

    for (size_t i = 0; i < SOURCES; i++) {
        *member_at(&metrics, sources[i].offset) = NAN;
    }
    for (size_t i = 0; i < SOURCES; i++) {
        double *member = member_at(&metrics, sources[i].offset);
        if (told->there[i] && isnan(*member) && isfinite(told->sums[i])) {
            *member = told->sums[i];
        }
    }
    *ret_metrics = metrics;
}

static int refuse_line(const char *line, struct error *err)
{
    int length = (int)strcspn(line, "\r\n");
    return error_input(err, "this is no page of metrics: \"%.*s\"", length < 80 ? length : 80, line);
}

int process_metrics_read(struct process_metrics *ret_metrics, const char *page, struct error *err)
{
    struct process_metrics metrics;
    struct prometheus_figure figure;
    struct told told = {0};
    enum prometheus_line line;
    const char *at = page;

    while (isspace((unsigned char)*page)) {
        page++;
    }
    if (*page == '<') {
        return error_input(err, "this is HTML and no page of metrics, which is often at /metrics");
    }
    while ((line = prometheus_text_next(&at, &figure)) == PROMETHEUS_FIGURE) {
        take(&told, &figure);
    }
    if (line == PROMETHEUS_WRONG) {
        return refuse_line(at, err);
    }
    settle(&told, &metrics);
    if (isnan(metrics.cpu_s) && isnan(metrics.resident_bytes)) {
        return error_input(
            err, "the page has neither process_cpu_seconds_total nor process_resident_memory_bytes, which the "
                 "clients of Prometheus show unless they are told not to");
    }
    *ret_metrics = metrics;
    return 0;
}
