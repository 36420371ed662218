#include "report/data/html_record.h"

#include "analysis/verdict/percentile_bounds.h"
#include "analysis/verdict/request_classes.h"
#include "base/base64.h"
#include "plan/scenario/limits.h"
#include "record/run_fields.h"
#include "report/data/figure.h"

#include <stdbool.h>
#include <stddef.h>

/* Of the histograms that are only drawn: far finer than a line on a screen. */
#define DIGITS 2

/* What the page judges and draws; the rest of a sample stays in the run log. */
static const struct column {
    const char *key;
    size_t offset;
} columns[] = {
    {"threads", offsetof(struct sample, threads)},
    {"cpu_ns", offsetof(struct sample, cpu_ns)},
    {"busiest_thread_cpu_ns", offsetof(struct sample, busiest_thread_cpu_ns)},
    {"run_delay_ns", offsetof(struct sample, run_delay_ns)},
    {"rss_bytes", offsetof(struct sample, rss_bytes)},
    {"descriptors", offsetof(struct sample, descriptors)},
    {"listen_overflows", offsetof(struct sample, listen_overflows)},
    {"retransmits", offsetof(struct sample, retransmits)},
    {"steal_ns", offsetof(struct sample, steal_ns)},
    {"service_cores_busy_ns", offsetof(struct sample, service_cores_busy_ns)},
    {NULL, 0},
};

static void append_number(struct text *bytes, uint64_t number)
{
    do {
        unsigned char byte = (unsigned char)((number & 0x7F) | (number > 0x7F ? 0x80 : 0));
        text_append(bytes, &byte, 1);
        number >>= 7;
    } while (number > 0);
}

static json_t *counts_of(const struct histogram *histogram)
{
    struct text bytes = {0}, encoded = {0};
    uint32_t last = 0;

    for (uint32_t i = 0; i < histogram->count_length; i++) {
        if (histogram->counts[i] > 0) {
            append_number(&bytes, i - last);
            append_number(&bytes, histogram->counts[i]);
            last = i;
        }
    }
    base64_encode(bytes.data, bytes.length, &encoded);
    json_t *counts = json_stringn(encoded.data != NULL ? encoded.data : "", encoded.length);
    text_release(&bytes);
    text_release(&encoded);
    return counts;
}

static json_t *quantiles_of(const struct histogram *histogram)
{
    json_t *object = json_object();
    for (const struct percentile *percentile = limits_percentiles; percentile->name != NULL; percentile++) {
        json_object_set_new(object, percentile->name, figure_count(histogram_quantile(histogram, percentile->share)));
    }
    return object;
}

static json_t *coarse_counts_of(const struct histogram *histogram)
{
    struct histogram coarse;

    histogram_init(&coarse, DIGITS);
    histogram_add(&coarse, histogram);
    json_t *counts = counts_of(&coarse);
    histogram_release(&coarse);
    return counts;
}

static json_t *histogram_of(const struct histogram *histogram)
{
    json_t *object = json_object();

    json_object_set_new(object, "total", figure_count(histogram->total));
    json_object_set_new(object, "max", figure_count(histogram->max));
    json_object_set_new(object, "sum", figure_number(histogram->sum));
    json_object_set_new(object, "quantiles", quantiles_of(histogram));
    json_object_set_new(object, "counts", coarse_counts_of(histogram));
    return object;
}

/* How sure each percentile of the response time is. */
static json_t *confidence_bounds_of(const struct load_record *load)
{
    json_t *object = json_object();

    for (const struct percentile *percentile = limits_percentiles; percentile->name != NULL; percentile++) {
        struct percentile_bounds bounds;
        json_t *value = json_null();
        percentile_bounds_find(load, percentile->share, &bounds);
        if (bounds.known) {
            value = json_array();
            json_array_append_new(value, figure_count(bounds.low_ns));
            json_array_append_new(value, figure_count(bounds.high_ns));
        }
        json_object_set_new(object, percentile->name, value);
    }
    return object;
}

/* A number of each interval, which lies `offset` bytes into it. */
static json_t *interval_column(const struct load_record *load, size_t offset)
{
    json_t *array = json_array();
    for (size_t i = 0; i < load->interval_count; i++) {
        const char *at = (const char *)&load->intervals[i] + offset;
        json_array_append_new(array, figure_count(*(const uint64_t *)at));
    }
    return array;
}

static json_t *interval_failures(const struct load_record *load)
{
    json_t *object = json_object();

    for (int kind = 0; kind < FAILURE_COUNT; kind++) {
        bool any = false;
        for (size_t i = 0; i < load->interval_count; i++) {
            any = any || load->intervals[i].tally.failures[kind] > 0;
        }
        if (any) {
            size_t offset = offsetof(struct interval, tally.failures) + (size_t)kind * sizeof(uint64_t);
            json_object_set_new(object, failure_name((enum failure)kind), interval_column(load, offset));
        }
    }
    return object;
}

static json_t *interval_quantiles(const struct load_record *load)
{
    json_t *object = json_object();

    for (const struct percentile *percentile = limits_percentiles; percentile->name != NULL; percentile++) {
        json_t *array = json_array();
        for (size_t i = 0; i < load->interval_count; i++) {
            uint64_t ns = histogram_quantile(&load->intervals[i].response, percentile->share);
            json_array_append_new(array, figure_count(ns));
        }
        json_object_set_new(object, percentile->name, array);
    }
    return object;
}

static json_t *intervals_of(const struct load_record *load)
{
    json_t *object = json_object();

    json_object_set_new(object, "offered", interval_column(load, offsetof(struct interval, tally.offered)));
    json_object_set_new(object, "sent", interval_column(load, offsetof(struct interval, tally.sent)));
    json_object_set_new(object, "completed", interval_column(load, offsetof(struct interval, tally.completed)));
    json_object_set_new(object, "good", interval_column(load, offsetof(struct interval, tally.good)));
    json_object_set_new(object, "in_flight", interval_column(load, offsetof(struct interval, in_flight)));
    json_object_set_new(object, "failures", interval_failures(load));
    json_object_set_new(object, "max", interval_column(load, offsetof(struct interval, response.max)));
    json_object_set_new(object, "quantiles", interval_quantiles(load));
    return object;
}

static json_t *growth(uint64_t from, uint64_t to)
{
    return json_integer((json_int_t)(to - from));
}

/* `count` structs of `size` bytes, each with a number `offset` bytes into it. */
struct rows {
    const void *first;
    size_t count, size;
};

/* The number of the first row beyond `from`, then its growth. */
static json_t *column_of(const struct rows *rows, size_t offset, uint64_t from)
{
    json_t *array = json_array();

    for (size_t i = 0; i < rows->count; i++) {
        uint64_t value = *(const uint64_t *)((const char *)rows->first + i * rows->size + offset);
        json_array_append_new(array, growth(from, value));
        from = value;
    }
    return array;
}

static json_t *samples_of(const struct step_record *record)
{
    struct rows rows = {record->samples, record->sample_count, sizeof *record->samples};
    json_t *object = json_object();

    json_object_set_new(object, "at_ns", column_of(&rows, offsetof(struct sample, at_ns), record->load.started_ns));
    for (const struct column *column = columns; column->key != NULL; column++) {
        json_object_set_new(object, column->key, column_of(&rows, column->offset, 0));
    }
    return object;
}

static json_t *dependency_of(const struct dependency_load *load, uint64_t started_ns)
{
    struct rows rows = {load->samples, load->sample_count, sizeof *load->samples};
    json_t *object = json_object(), *samples = json_object();

    json_object_set_new(samples, "at_ns", column_of(&rows, offsetof(struct dependency_sample, at_ns), started_ns));
    json_object_set_new(samples, "cpu_ns", column_of(&rows, offsetof(struct dependency_sample, cpu_ns), 0));
    json_object_set_new(samples, "rss_bytes", column_of(&rows, offsetof(struct dependency_sample, rss_bytes), 0));
    json_object_set_new(object, "name", figure_text(load->name));
    json_object_set_new(object, "shared", json_boolean(load->shared));
    json_object_set_new(object, "samples", samples);
    return object;
}

static json_t *dependencies_of(const struct step_record *record)
{
    json_t *array = json_array();
    for (size_t i = 0; i < record->dependency_count; i++) {
        json_array_append_new(array, dependency_of(&record->dependencies[i], record->load.started_ns));
    }
    return array;
}

static json_t *group_of(const struct traffic *traffic, const struct load_record *load, enum expectation expectation)
{
    json_t *object = json_object();
    struct request_class_group group;

    request_class_group_find(traffic, load, expectation, &group);
    json_object_set_new(object, "offered", figure_count(group.tally.offered));
    json_object_set_new(object, "failed", figure_count(tally_failed(&group.tally)));
    json_object_set_new(object, "total", figure_count(group.response.total));
    json_object_set_new(object, "quantiles", quantiles_of(&group.response));
    request_class_group_release(&group);
    return object;
}

/* What is to be served and what is to be refused, where both are judged by themselves. */
static json_t *apart_of(const struct traffic *traffic, const struct load_record *load)
{
    if (!expectation_of_errors(traffic, load)) {
        return json_null();
    }
    json_t *object = json_object();
    json_object_set_new(object, expectation_name(EXPECT_SUCCESS), group_of(traffic, load, EXPECT_SUCCESS));
    json_object_set_new(object, expectation_name(EXPECT_ERROR), group_of(traffic, load, EXPECT_ERROR));
    return object;
}

static json_t *died_at(const struct step_record *record)
{
    uint64_t started_ns = record->load.started_ns, at_ns = record->death.at_ns;
    if (!record->death.died) {
        return json_null();
    }
    return figure_count(at_ns > started_ns ? at_ns - started_ns : 0);
}

static json_t *record_of(const struct step_record *record)
{
    json_t *object = json_object(), *load = json_object(), *memory = json_object();

    fields_write(load_fields, &record->load, load);
    fields_write(memory_fields, &record->memory, memory);
    json_object_set_new(object, "load", load);
    json_object_set_new(object, "memory", memory);
    json_object_set_new(object, "died_at_ns", died_at(record));
    json_object_set_new(object, "windows", intervals_of(&record->load));
    return object;
}

json_t *html_record_step(const struct step_record *record, const struct traffic *traffic)
{
    json_t *object = record_of(record);

    json_object_set_new(object, "connections", json_integer((json_int_t)record->connections));
    json_object_set_new(object, "release_lag_p99_ns", figure_count(histogram_quantile(&record->load.send_lag, 0.99)));
    json_object_set_new(object, "response", histogram_of(&record->load.response));
    json_object_set_new(object, "intervals", confidence_bounds_of(&record->load));
    json_object_set_new(object, "service", histogram_of(&record->load.service));
    json_object_set_new(object, "samples", samples_of(record));
    json_object_set_new(object, "apart", apart_of(traffic, &record->load));
    json_object_set_new(object, "dependencies", dependencies_of(record));
    return object;
}

json_t *html_record_recovery(const struct step_record *record)
{
    const struct load_record *load = &record->load;
    json_t *object = record_of(record), *counts = json_array();

    for (size_t i = 0; i < load->interval_count; i++) {
        json_array_append_new(counts, coarse_counts_of(&load->intervals[i].response));
    }
    json_object_set_new(json_object_get(object, "windows"), "counts", counts);
    return object;
}
