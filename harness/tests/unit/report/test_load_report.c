#include "report/load/load_report.h"

#include "test.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

/* A second in which so many responses came, of them so many wrong, and so many requests found no connection. */
static void make(struct load_record *record, uint64_t completed, uint64_t wrong, uint64_t unconnected)
{
    load_record_init(record, 1);
    record->measured_ns = record->interval_ns = 1000000000;
    record->tally = (struct tally){.offered = completed + unconnected,
                                   .sent = completed,
                                   .completed = completed,
                                   .good = completed - wrong};
    record->tally.failures[FAILURE_STATUS] = wrong;
    record->tally.failures[FAILURE_CONNECT] = unconnected;
    if (completed > 0) {
        histogram_record_many(&record->response, 1000000, completed);
        histogram_record_many(&record->service, 1000000, completed);
        record->mean_in_flight = (double)completed / 1000;
    }
}

static struct load_validity judged(uint64_t completed, uint64_t wrong, uint64_t unconnected)
{
    struct load_record record;
    struct load_validity validity;

    make(&record, completed, wrong, unconnected);
    load_report_validity(&record, &validity);
    load_record_release(&record);
    return validity;
}

TEST(a_load_of_right_responses_is_valid)
{
    assert_true(judged(1000, 0, 0).valid);
    assert_true(judged(1000, 999, 0).valid);
    assert_true(judged(999, 0, 1).valid);
}

TEST(a_load_without_a_right_response_is_not_valid)
{
    struct load_validity validity = judged(1000, 1000, 0);

    assert_true(validity.nothing_right && !validity.unreached && !validity.valid);
    validity = judged(1000, 1000, 10);
    assert_true(validity.nothing_right && !validity.valid);
}

TEST(a_load_without_a_connection_measured_nothing)
{
    struct load_validity validity = judged(0, 0, 1000);

    assert_true(validity.unreached && !validity.nothing_right && !validity.valid);
}

TEST(right_responses_that_come_late_are_right)
{
    struct load_record record;
    struct load_validity validity;

    make(&record, 1000, 1000, 0);
    record.tally.failures[FAILURE_STATUS] = 0;
    record.tally.failures[FAILURE_TIMEOUT] = 1000;
    load_report_validity(&record, &validity);
    assert_true(validity.valid);
    load_record_release(&record);
}

static json_t *reported(const struct load_record *record)
{
    struct load_validity validity;
    struct text out = {0};

    load_report_validity(record, &validity);
    load_report_json(record, &validity, "plain HTTP/1.1", &out);
    json_t *json = json_loads(out.data, 0, NULL);
    assert_non_null(json);
    text_release(&out);
    return json;
}

TEST(times_of_nothing_are_null)
{
    struct load_record record;

    make(&record, 0, 0, 50);
    json_t *json = reported(&record);
    assert_true(json_is_null(json_object_get(json_object_get(json, "response_ns"), "p99")));
    assert_true(json_is_null(json_object_get(json_object_get(json, "service_ns"), "mean")));
    assert_true(json_is_null(json_object_get(json, "first_wrong")));
    assert_string_equal(json_string_value(json_array_get(json_object_get(json, "invalid_because"), 0)), "unreached");
    json_decref(json);
    load_record_release(&record);
}

TEST(percentiles_of_too_few_are_null)
{
    struct load_record record;

    make(&record, 999, 0, 0);
    json_t *json = reported(&record);
    assert_true(json_is_integer(json_object_get(json_object_get(json, "response_ns"), "p95")));
    assert_true(json_is_null(json_object_get(json_object_get(json, "response_ns"), "p99")));
    assert_true(json_is_integer(json_object_get(json_object_get(json, "response_ns"), "max")));
    json_decref(json);
    load_record_release(&record);
}

TEST(a_want_of_this_machine_and_a_thread_that_was_stopped_are_not_valid)
{
    struct load_record record;
    struct load_validity validity;
    struct text out = {0};

    make(&record, 1000, 0, 0);
    record.connections_denied = 1;
    record.stood_still = 0.011;
    load_report_validity(&record, &validity);
    assert_true(validity.because[INVALID_DENIED] && validity.because[INVALID_STOOD_STILL] && !validity.valid);
    load_report_text(&record, &validity, "plain HTTP/1.1", &out);
    assert_non_null(strstr(out.data, "NOT VALID: denied (this machine had no descriptor or port left)\n"));
    text_release(&out);
    record.connections_denied = 0;
    record.stood_still = 0.01;
    load_report_validity(&record, &validity);
    assert_true(validity.valid);
    load_record_release(&record);
}

TEST(the_first_wrong_response_is_reported)
{
    const struct wrong_response wrong = {.request = "get", .status = 404, .expected_bytes = NAN, .body = "none"};
    struct load_record record;
    struct load_validity validity;
    struct text out = {0};

    make(&record, 10, 10, 0);
    record.first_wrong = wrong_response_copy(&wrong);
    status_counts_add(&record.statuses, &(struct status_count){.status = 404, .count = 10});
    json_t *json = reported(&record);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "statuses"), "404")), 10);
    assert_int_equal(json_integer_value(json_object_get(json_object_get(json, "first_wrong"), "status")), 404);
    json_decref(json);
    load_report_validity(&record, &validity);
    load_report_text(&record, &validity, "plain HTTP/1.1", &out);
    assert_non_null(strstr(out.data, "first wrong    status 404 instead of any 2xx, body \"none\"\n"));
    assert_non_null(strstr(out.data, "NOT VALID: no response was right, all 10 had status 404\n"));
    assert_non_null(strstr(out.data, "  status                 10\n    404                  10\n"));
    text_release(&out);
    load_record_release(&record);
}
