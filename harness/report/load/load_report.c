#include "report/load/load_report.h"

#include "base/mem.h"
#include "base/units.h"
#include "record/words/wrong_response_phrase.h"
#include "report/data/figure.h"
#include "report/data/wrong_response_figures.h"
#include "report/words/reason.h"
#include "stats/percentile.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

static const struct {
    const char *key;
    double quantile;
} quantiles[] = {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}};

enum { QUANTILE_COUNT = sizeof quantiles / sizeof quantiles[0] };

static bool unreached(const struct tally *tally)
{
    return tally->offered > 0 && tally->failures[FAILURE_CONNECT] == tally->offered;
}

/* A service that is only too slow gives right responses, late. */
static bool nothing_right(const struct tally *tally)
{
    uint64_t wrong = tally->failures[FAILURE_STATUS] + tally->failures[FAILURE_BODY];
    return tally->offered > 0 && tally->completed == wrong && !unreached(tally);
}

void load_report_validity(const struct load_record *record, struct load_validity *ret_validity)
{
    struct step_record step = {.load = *record};
    const struct limits no_limits = {0};
    const struct host_usage not_sampled = {0};
    const struct verdict_terms terms = {.limits = &no_limits};
    struct step_verdict verdict;

    verdict_judge(&step, &not_sampled, &terms, &verdict);
    /* Without limits nothing can be broken but the queue: a busy generator is judged by itself. */
    verdict.invalid[INVALID_GENERATOR_BUSY] =
        validity_generator_busy(record) && record->tally.offered > record->tally.good;
    verdict.invalid[INVALID_STARVED] = validity_generator_starved(record);
    verdict.invalid[INVALID_STOOD_STILL] = validity_generator_stood_still(record);
    verdict.invalid[INVALID_DENIED] = record->connections_denied > 0;
    *ret_validity =
        (struct load_validity){.nothing_right = nothing_right(&record->tally), .unreached = unreached(&record->tally)};
    ret_validity->valid = !ret_validity->nothing_right && !ret_validity->unreached;
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        ret_validity->because[i] = verdict.invalid[i];
        ret_validity->valid = ret_validity->valid && !verdict.invalid[i];
    }
}

static uint64_t cpu_per_request(const struct load_record *record)
{
    return record->tally.completed > 0 ? record->cpu_ns / record->tally.completed : 0;
}

static double per_second(const struct load_record *record, uint64_t count)
{
    return record->measured_ns > 0 ? (double)count * 1e9 / (double)record->measured_ns : 0;
}

/* --- text -------------------------------------------------------------------------------------------------------- */

static void add_count(struct text *out, const char *name, uint64_t count)
{
    char number[UNITS_TEXT];
    units_write_count(number, count);
    text_format(out, "%-14s %12s\n", name, number);
}

static void add_time(struct text *out, uint64_t ns, bool enough)
{
    char time[UNITS_TEXT];
    units_write_duration(time, ns);
    text_format(out, " %14s", enough ? time : "-");
}

/* From the middle to the far end of the distribution; a percentile that has too few samples is not shown. */
static void add_spectrum(struct text *out, const struct load_record *record)
{
    static const struct {
        const char *name;
        double quantile;
    } rows[] = {{"50 %", 0.5},  {"75 %", 0.75},    {"90 %", 0.9},      {"95 %", 0.95},
                {"99 %", 0.99}, {"99.9 %", 0.999}, {"99.99 %", 0.9999}};
    const struct histogram *columns[] = {&record->response, &record->service, &record->send_lag};

    text_add(out, "\n                response time   service time       send lag\nmean         ");
    for (int j = 0; j < 3; j++) {
        add_time(out, (uint64_t)histogram_mean(columns[j]), columns[j]->total > 0);
    }
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text_format(out, "\n%-13s", rows[i].name);
        for (int j = 0; j < 3; j++) {
            bool enough = percentile_is_known(columns[j], rows[i].quantile);
            add_time(out, histogram_quantile(columns[j], rows[i].quantile), enough);
        }
    }
    text_add(out, "\nmax          ");
    for (int j = 0; j < 3; j++) {
        add_time(out, columns[j]->max, columns[j]->total > 0);
    }
    text_add(out, "\n");
    if (record->censored > 0) {
        char count[UNITS_TEXT];
        units_write_count(count, record->censored);
        text_format(out, "%s of the response times are \"at least\": never answered\n", count);
    }
}

/* Of the responses with a wrong status, how many had which. */
static void add_statuses(struct text *out, const struct status_counts *statuses)
{
    for (size_t i = 0; i < statuses->count; i++) {
        const struct status_count *each = &statuses->counts[i];
        char name[32] = "    others";

        if (each->status != STATUS_OTHER) {
            snprintf(name, sizeof name, "    %u", each->status);
        }
        add_count(out, name, each->count);
    }
}

static void add_failures(struct text *out, const struct load_record *record)
{
    const struct tally *tally = &record->tally;

    for (int i = 0; i < FAILURE_COUNT; i++) {
        if (tally->failures[i] > 0) {
            char name[32];
            snprintf(name, sizeof name, "  %s", failure_name((enum failure)i));
            add_count(out, name, tally->failures[i]);
        }
        if (i == FAILURE_STATUS) {
            add_statuses(out, &record->statuses);
        }
    }
}

static void add_first_wrong(struct text *out, const struct wrong_response *wrong)
{
    if (wrong != NULL) {
        text_format(out, "%-14s ", "first wrong");
        wrong_response_phrase(out, wrong);
        text_add(out, "\n");
    }
}

/* Characters: a tenth of a decade each, from 10 us to 10 s. */
static int bar_length(uint64_t ns)
{
    if (ns <= 10000) {
        return 0;
    }
    return (int)fmin(log10((double)ns / 1e4) * 10, 60);
}

/* A row for each interval: its p99 as a bar on a log scale from 10 us to 10 s, a tenth of a decade a character. */
static void add_picture(struct text *out, const struct load_record *record)
{
    text_add(out, "\np99 of response time over the measured time (bar: log scale, 10 us to 10 s)\n");
    for (size_t i = 0; i < record->interval_count; i++) {
        const struct interval *interval = &record->intervals[i];
        uint64_t p99_ns = histogram_quantile(&interval->response, 0.99);
        char at[UNITS_TEXT], time[UNITS_TEXT];
        int length = bar_length(p99_ns);

        units_write_duration(at, (i + 1) * record->interval_ns);
        units_write_duration(time, p99_ns);
        text_format(out, "%9s %10s |", at, interval->response.total > 0 ? time : "-");
        for (int j = 0; j < length; j++) {
            text_add(out, "#");
        }
        text_add(out, "\n");
    }
}

/* "NOT VALID: no response was right, all 54,336 had status 404" */
static void add_nothing_right(struct text *out, const struct load_record *record)
{
    const struct status_count *first = &record->statuses.counts[0];

    text_add(out, "NOT VALID: no response was right");
    if (record->tally.completed > 0 && record->statuses.count == 1 && first->count == record->tally.completed) {
        char count[UNITS_TEXT];
        units_write_count(count, first->count);
        text_format(out, ", all %s had status %u", count, first->status);
    } else if (record->tally.completed == 0) {
        text_add(out, ", none came");
    }
    text_add(out, "\n");
}

void load_report_text(const struct load_record *record, const struct load_validity *validity, const char *transport,
                      struct text *out)
{
    const struct tally *tally = &record->tally;
    char time[UNITS_TEXT], cpu[UNITS_TEXT];

    add_count(out, "offered", tally->offered);
    add_count(out, "sent", tally->sent);
    add_count(out, "completed", tally->completed);
    add_count(out, "good", tally->good);
    add_count(out, "failed", tally_failed(tally));
    add_failures(out, record);
    add_first_wrong(out, record->first_wrong);
    text_format(out, "%-14s %12.1f completed/s, %.1f good/s\n", "rate", per_second(record, tally->completed),
                per_second(record, tally->good));
    text_format(out, "%-14s %s\n", "transport", transport);
    units_write_duration(time, record->drain_ns);
    units_write_duration(cpu, cpu_per_request(record));
    text_format(out, "%-14s %s CPU a request, busiest thread %.0f %%, %s to drain, %llu connections\n", "generator",
                cpu, record->busiest_thread * 100, time, (unsigned long long)record->connections);
    add_spectrum(out, record);
    add_picture(out, record);
    if (validity->nothing_right) {
        add_nothing_right(out, record);
    }
    if (validity->unreached) {
        text_add(out, "NOT VALID: no connection could be made\n");
    }
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (validity->because[i]) {
            text_format(out, "NOT VALID: %s (%s)\n", invalidity_name((enum invalidity)i),
                        reason_invalidity((enum invalidity)i));
        }
    }
}

/* --- JSON -------------------------------------------------------------------------------------------------------- */

static json_t *times_json(const struct histogram *histogram)
{
    json_t *json = json_object();
    bool any = histogram->total > 0;

    json_object_set_new(json, "mean", figure_where(any, figure_count((uint64_t)histogram_mean(histogram))));
    for (int i = 0; i < QUANTILE_COUNT; i++) {
        uint64_t ns = histogram_quantile(histogram, quantiles[i].quantile);
        bool enough = percentile_is_known(histogram, quantiles[i].quantile);
        json_object_set_new(json, quantiles[i].key, figure_where(enough, figure_count(ns)));
    }
    json_object_set_new(json, "max", figure_where(any, figure_count(histogram->max)));
    return json;
}

static json_t *statuses_json(const struct status_counts *statuses)
{
    json_t *json = json_object();

    for (size_t i = 0; i < statuses->count; i++) {
        char status[32] = "other";
        if (statuses->counts[i].status != STATUS_OTHER) {
            snprintf(status, sizeof status, "%u", statuses->counts[i].status);
        }
        json_object_set_new(json, status, figure_count(statuses->counts[i].count));
    }
    return json;
}

static json_t *because_json(const struct load_validity *validity)
{
    json_t *json = json_array();
    if (validity->nothing_right) {
        json_array_append_new(json, json_string("nothing_right"));
    }
    if (validity->unreached) {
        json_array_append_new(json, json_string("unreached"));
    }
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (validity->because[i]) {
            json_array_append_new(json, json_string(invalidity_name((enum invalidity)i)));
        }
    }
    return json;
}

void load_report_json(const struct load_record *record, const struct load_validity *validity, const char *transport,
                      struct text *out)
{
    const struct tally *tally = &record->tally;
    json_t *response = times_json(&record->response);

    figures_add(response, (struct figure[]){{"censored", figure_count(record->censored)}, {NULL, NULL}});
    json_t *json = figures_object((struct figure[]){
        {"offered", figure_count(tally->offered)},
        {"sent", figure_count(tally->sent)},
        {"completed", figure_count(tally->completed)},
        {"good", figure_count(tally->good)},
        {"duration_ns", figure_count(record->measured_ns)},
        {"cpu_ns_per_request", figure_count(cpu_per_request(record))},
        {"spin_ns", figure_count(record->spin_ns)},
        {"drain_ns", figure_count(record->drain_ns)},
        {"connections", figure_count(record->connections)},
        {"transport", json_string(transport)},
        {"throughput_rps", json_real(per_second(record, tally->completed))},
        {"good_rps", json_real(per_second(record, tally->good))},
        {"failures", figure_failures(tally)},
        {"statuses", statuses_json(&record->statuses)},
        {"response_ns", response},
        {"service_ns", times_json(&record->service)},
        {"send_lag_ns", times_json(&record->send_lag)},
        {"generator_busy", json_real(record->busiest_thread)},
        {"generator_starved", json_real(record->starved_thread)},
        {"generator_stood_still", json_real(record->stood_still)},
        {"connections_denied", figure_count(record->connections_denied)},
        {"valid", json_boolean(validity->valid)},
        {"invalid_because", because_json(validity)},
        {"first_wrong", wrong_response_figures(record->first_wrong)},
        {NULL, NULL},
    });
    char *dumped = json_dumps(json, JSON_INDENT(2) | JSON_REAL_PRECISION(12));
    text_add(out, dumped);
    text_add(out, "\n");
    free(dumped);
    json_decref(json);
}
