#include "record/lines/load_reader.h"

#include "base/mem.h"
#include "record/run_bounds.h"
#include "record/run_fields.h"

#include <stdlib.h>
#include <string.h>

/* Far more than any step has. */
#define INTERVALS_MOST 1000
#define REQUESTS_MOST  64

/* Reads what the file states of a histogram beside its counts. */
static int read_stated(struct histogram *decoded, int digits, const json_t *part, struct error *err)
{
    static const char *const more[] = {"counts", NULL};
    struct histogram counted = *decoded;

    if (decoded->digits != digits) {
        return error_input(err, "\"counts\" are kept to %d digits, expected %d", decoded->digits, digits);
    }
    if (fields_read_object(part, histogram_fields, more, decoded, err) != 0 ||
        run_bounds_histogram(decoded, &counted, err) != 0) {
        return -1;
    }
    if (counted.total == 0) {
        *decoded = counted;
    }
    return 0;
}

static int read_histogram(struct histogram *histogram, int digits, const json_t *json, const char *key,
                          struct error *err)
{
    const json_t *part = json_object_get(json, key);
    const char *counts = json_string_value(json_object_get(part, "counts"));
    struct histogram decoded = {0};

    if (counts == NULL) {
        return error_input(err, "\"%s\" has no \"counts\"", key);
    }
    if (histogram_decode(&decoded, counts, err) != 0 || read_stated(&decoded, digits, part, err) != 0) {
        histogram_release(&decoded);
        return error_context(err, "\"%s\"", key);
    }
    histogram_release(histogram);
    *histogram = decoded;
    return 0;
}

static int read_failures(struct tally *tally, const json_t *failures, struct error *err)
{
    static const struct field none[] = {FIELD_END};
    const char *names[FAILURE_COUNT + 1] = {NULL};

    for (int i = 0; i < FAILURE_COUNT; i++) {
        names[i] = failure_name((enum failure)i);
        const json_t *count = json_object_get(failures, names[i]);
        if (!json_is_integer(count) || json_integer_value(count) < 0) {
            return error_input(err, "\"failures\": \"%s\" is missing or no count", names[i]);
        }
        tally->failures[i] = (uint64_t)json_integer_value(count);
    }
    if (fields_done(none, names, failures, err) != 0) {
        return error_context(err, "\"failures\"");
    }
    return 0;
}

static int read_tally(struct tally *tally, const json_t *json, struct error *err)
{
    static const char *const more[] = {"failures", NULL};
    const json_t *part = json_object_get(json, "tally");

    if (!json_is_object(part)) {
        return error_input(err, "\"tally\" is missing or not an object");
    }
    if (fields_read_object(part, tally_fields, more, tally, err) != 0 ||
        read_failures(tally, json_object_get(part, "failures"), err) != 0) {
        return error_context(err, "\"tally\"");
    }
    return 0;
}

static int read_interval(struct interval *interval, const json_t *json, struct error *err)
{
    static const char *const more[] = {"tally", "response", NULL};
    if (fields_read_object(json, interval_fields, more, interval, err) != 0 ||
        read_tally(&interval->tally, json, err) != 0) {
        return -1;
    }
    return read_histogram(&interval->response, 2, json, "response", err);
}

/* By interval it is kept only where it has limits of its own. */
static int read_request_intervals(struct request_record *request, size_t count, const json_t *json, struct error *err)
{
    const json_t *intervals = json_object_get(json, "windows");

    if (intervals == NULL) {
        return 0;
    }
    if (json_array_size(intervals) != count) {
        return error_input(err, "\"windows\" is not an array of %zu, as many as the load has", count);
    }
    request->intervals = mem_new(count, sizeof *request->intervals);
    for (size_t i = 0; i < count; i++) {
        if (read_interval(&request->intervals[i], json_array_get(intervals, i), err) != 0) {
            return error_context(err, "\"windows\"[%zu]", i);
        }
    }
    return 0;
}

static int read_request(struct request_record *request, size_t interval_count, const json_t *json, struct error *err)
{
    static const char *const more[] = {"tally", "response", "windows", NULL};
    if (fields_read_object(json, request_fields, more, request, err) != 0 ||
        read_tally(&request->tally, json, err) != 0 ||
        read_histogram(&request->response, 2, json, "response", err) != 0) {
        return -1;
    }
    return read_request_intervals(request, interval_count, json, err);
}

static int read_requests(struct load_record *load, const json_t *json, struct error *err)
{
    const json_t *requests = json_object_get(json, "requests");
    size_t count = json_array_size(requests);

    if (!json_is_array(requests) || count > REQUESTS_MOST) {
        return error_input(err, "\"load\": \"requests\" is missing or not an array of at most %d", REQUESTS_MOST);
    }
    load->requests = mem_new(count, sizeof *load->requests);
    load->request_count = count;
    for (size_t i = 0; i < count; i++) {
        if (read_request(&load->requests[i], load->interval_count, json_array_get(requests, i), err) != 0) {
            return error_context(err, "\"load\": \"requests\"[%zu]", i);
        }
    }
    return 0;
}

static int read_first_wrong(struct load_record *load, const json_t *json, struct error *err)
{
    if (json_object_get(json, "first_wrong") == NULL) {
        return 0;
    }
    load->first_wrong = mem_new(1, sizeof *load->first_wrong);
    if (fields_read_member(json, "first_wrong", wrong_response_fields, load->first_wrong, err) != 0) {
        return error_context(err, "\"load\"");
    }
    return 0;
}

static int read_sessions(struct load_record *load, const json_t *json, struct error *err)
{
    if (json_object_get(json, "user_sessions") == NULL) {
        return 0;
    }
    if (fields_read_member(json, "user_sessions", session_tally_fields, &load->sessions, err) != 0) {
        return error_context(err, "\"load\"");
    }
    return 0;
}

static int read_slow(struct load_record *load, const json_t *json, struct error *err)
{
    if (json_object_get(json, "slow_connections") == NULL) {
        return 0;
    }
    if (fields_read_member(json, "slow_connections", slow_tally_fields, &load->slow, err) != 0) {
        return error_context(err, "\"load\"");
    }
    return 0;
}

static int read_stalls(struct stall_list *list, const json_t *json, struct error *err)
{
    void *rows;

    if (fields_read_columns(stall_fields, &rows, &list->count, sizeof *list->stalls, json, err) != 0) {
        return error_context(err, "\"load\": \"stalls\"");
    }
    list->stalls = rows;
    return 0;
}

static int read_statuses(struct status_counts *counts, const json_t *json, struct error *err)
{
    void *rows;
    size_t count;

    if (fields_read_columns(status_count_fields, &rows, &count, sizeof counts->counts[0], json, err) != 0) {
        return error_context(err, "\"load\": \"statuses\"");
    }
    if (count <= STATUS_COUNTS_MOST) {
        memcpy(counts->counts, rows, count * sizeof counts->counts[0]);
        counts->count = count;
    }
    free(rows);
    if (count > STATUS_COUNTS_MOST) {
        return error_input(err, "\"load\": \"statuses\" has more than %d", STATUS_COUNTS_MOST);
    }
    return 0;
}

/* The two came together. */
static int read_details(struct load_record *load, const json_t *json, struct error *err)
{
    const json_t *stalls = json_object_get(json, "stalls"), *statuses = json_object_get(json, "statuses");

    load->detailed = stalls != NULL && statuses != NULL;
    if (stalls != NULL && read_stalls(&load->stalls, stalls, err) != 0) {
        return -1;
    }
    return statuses != NULL ? read_statuses(&load->statuses, statuses, err) : 0;
}

int load_read(struct load_record *load, const json_t *step, struct error *err)
{
    static const char *const more[] = {"tally",    "response",      "service",          "release_lag",
                                       "windows",  "requests",      "first_wrong",      "stalls",
                                       "statuses", "user_sessions", "slow_connections", NULL};
    const json_t *json = json_object_get(step, "load");
    const json_t *intervals = json_object_get(json, "windows");
    size_t count = json_array_size(intervals);

    if (!json_is_object(json)) {
        return error_input(err, "\"load\" is missing or not an object");
    }
    if (count < 1 || count > INTERVALS_MOST) {
        return error_input(err, "\"load\": \"windows\" is missing or not an array of 1 to %d", INTERVALS_MOST);
    }
    *load = (struct load_record){.intervals = mem_new(count, sizeof *load->intervals),
                                 .interval_count = count,
                                 .drained = true};
    if (fields_read_object(json, load_fields, more, load, err) != 0 || read_tally(&load->tally, json, err) != 0 ||
        read_histogram(&load->response, 3, json, "response", err) != 0 ||
        read_histogram(&load->service, 3, json, "service", err) != 0 ||
        read_histogram(&load->send_lag, 3, json, "release_lag", err) != 0) {
        return error_context(err, "\"load\"");
    }
    for (size_t i = 0; i < load->interval_count; i++) {
        if (read_interval(&load->intervals[i], json_array_get(intervals, i), err) != 0) {
            return error_context(err, "\"load\": \"windows\"[%zu]", i);
        }
    }
    if (read_first_wrong(load, json, err) != 0 || read_sessions(load, json, err) != 0 ||
        read_slow(load, json, err) != 0 || read_details(load, json, err) != 0) {
        return -1;
    }
    return read_requests(load, json, err);
}
