#include "load/loader.h"

#include "http2_run.h"
#include "test.h"

#include <stdio.h>

/* One hundred requests from the first moment on, so that the counts of both sides can be laid over each other. */
static const struct planned_step hundred = {.rate = 500, .measure_ns = 200 * MS};

/* Of one stream: the others of its connection are not touched. */
TEST(each_fault_of_a_response_is_counted_as_what_it_is)
{
    static const struct {
        const char *fault;
        enum failure failure;
    } cases[] = {
        {"status", FAILURE_STATUS},
        {"body", FAILURE_BODY},
        {"reset", FAILURE_RESET},
        {"silent", FAILURE_UNANSWERED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool silent = cases[i].failure == FAILURE_UNANSWERED;
        struct load_record record;
        struct peer *peer = http2_run_once(&(struct http2_service){.fault = cases[i].fault, .every = 5},
                                           &(struct loader_options){.threads = 1 + (unsigned)i % 2,
                                                                    .deadline_ns = silent ? 2000 * MS : 0},
                                           &hundred, &record);
        assert_int_equal(record.tally.offered, 100);
        assert_int_equal(record.tally.good, 80);
        assert_int_equal(record.tally.failures[cases[i].failure], 20);
        assert_int_equal(record.drained, !silent);
        assert_int_equal(peer_count(peer, "requests"), 100);
        assert_int_equal(peer_count(peer, "faults"), 20);
        load_record_release(&record);
        peer_free(peer);
    }
}

TEST(headers_beyond_the_limit_are_a_protocol_failure)
{
    struct load_record record;
    struct peer *peer = http2_run_once(&(struct http2_service){.fault = "headers", .every = 3},
                                       &(struct loader_options){0}, &hundred, &record);

    assert_int_equal(record.tally.good, 67);
    assert_int_equal(record.tally.failures[FAILURE_PROTOCOL], 33);
    load_record_release(&record);
    peer_free(peer);
}

TEST(an_interim_response_is_not_the_response)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "interim"}, &(struct loader_options){0}, &hundred, &record);

    assert_int_equal(record.tally.good, 100);
    load_record_release(&record);
    peer_free(peer);
}

/* Of a connection: what is under way on it is lost with it, and the load goes on over another. */
TEST(a_connection_that_breaks_loses_what_is_on_it_and_no_more)
{
    static const struct {
        const char *fault;
        enum failure failure;
    } cases[] = {{"cut", FAILURE_RESET}, {"abort", FAILURE_RESET}, {"garbage", FAILURE_PROTOCOL}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct load_record record;
        struct peer *peer =
            http2_run_once(&(struct http2_service){.fault = cases[i].fault, .every = 10}, &(struct loader_options){0},
                           &(struct planned_step){.connections = 4, .measure_ns = 300 * MS}, &record);
        assert_int_equal(record.tally.offered, record.tally.good + record.tally.failures[cases[i].failure]);
        assert_true(record.tally.good > 4);
        assert_true(record.tally.good <= peer_count(peer, "answers"));
        assert_true(record.tally.failures[cases[i].failure] >= peer_count(peer, "faults"));
        assert_true(peer_count(peer, "connections") > 1);
        load_record_release(&record);
        peer_free(peer);
    }
}

/* --- what was not begun ------------------------------------------------------------------------------------------- */

/* A restart in order, or a service that takes only so many requests over one connection: nobody loses a request. */
TEST(requests_above_the_last_that_a_goaway_names_are_sent_over_another_connection)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "goaway", .every = 10}, &(struct loader_options){0},
                       &(struct planned_step){.connections = 8, .measure_ns = 400 * MS}, &record);

    assert_true(record.tally.good > 8);
    assert_int_equal(record.tally.good, record.tally.offered);
    assert_int_equal(record.tally.good, record.tally.sent);
    assert_true(peer_count(peer, "passed_over") > 0);
    assert_true(peer_count(peer, "connections") > 1);
    assert_int_equal(peer_count(peer, "requests"), record.tally.sent);
    load_record_release(&record);
    peer_free(peer);
}

TEST(a_refused_request_is_sent_once_more_and_counts_once)
{
    struct load_record record;
    struct peer *peer = http2_run_once(&(struct http2_service){.fault = "refuse", .every = 5},
                                       &(struct loader_options){0}, &hundred, &record);
    uint64_t lost = record.tally.failures[FAILURE_RESET], again = (uint64_t)peer_count(peer, "requests") - 100;

    assert_int_equal(record.tally.offered, 100);
    assert_int_equal(record.tally.sent, 100);
    assert_int_equal(record.tally.good + lost, 100);
    assert_true(again >= 10);
    assert_true(peer_count(peer, "faults") >= 20);
    assert_int_equal(peer_count(peer, "faults"), again + lost);
    load_record_release(&record);
    peer_free(peer);
}

TEST(one_that_is_refused_twice_is_lost)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "refuse"}, &(struct loader_options){0}, &hundred, &record);

    assert_int_equal(record.tally.failures[FAILURE_RESET], 100);
    assert_int_equal(peer_count(peer, "requests"), 200);
    load_record_release(&record);
    peer_free(peer);
}

/* Behind a connection that ended otherwise the service may have done the work. */
TEST(what_a_service_may_have_begun_is_not_sent_twice)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "close"}, &(struct loader_options){.threads = 2},
                       &(struct planned_step){.connections = 8, .measure_ns = 300 * MS}, &record);

    assert_true(record.tally.good > 8);
    assert_int_equal(record.tally.offered, record.tally.good + record.tally.failures[FAILURE_RESET]);
    assert_true(peer_count(peer, "requests") <= record.tally.sent);
    load_record_release(&record);
    peer_free(peer);
}

TEST(a_late_response_is_a_timeout_and_its_time_is_kept)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "late"}, &(struct loader_options){.deadline_ns = 100 * MS},
                       &(struct planned_step){.rate = 20, .measure_ns = 2000 * MS}, &record);

    assert_int_equal(record.tally.good, 0);
    assert_int_equal(record.tally.offered, record.tally.failures[FAILURE_TIMEOUT] + record.censored);
    assert_true(record.tally.failures[FAILURE_TIMEOUT] > 0);
    assert_true(record.tally.failures[FAILURE_UNANSWERED] > 0);
    assert_true(record.response.min >= 100 * MS);
    load_record_release(&record);
    peer_free(peer);
}

TEST(a_silent_service_does_not_spoil_the_next_step)
{
    struct load_run run;
    struct load_record record;
    struct peer *peer = http2_run_start(&run, &(struct http2_service){.fault = "silent", .every = 7},
                                        &(struct loader_options){.deadline_ns = 2000 * MS}, NULL);

    for (int i = 0; i < 2; i++) {
        load_run_step(&run, &(struct planned_step){.rate = 140, .measure_ns = 200 * MS, .drain_limit_ns = 50 * MS},
                      &record);
        assert_int_equal(record.tally.offered, 28);
        assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 4);
        assert_int_equal(record.tally.good, 24);
        assert_false(record.drained);
        load_record_release(&record);
    }
    http2_run_end(&run, peer);
    assert_int_equal(peer_count(peer, "connections"), 1);
    assert_in_range(peer_count(peer, "cancelled"), 4, 8); /* the last may go down with the connection */
    peer_free(peer);
}

int before_tests(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    if (!peer_possible()) {
        puts("skipped: with_peers.py runs this");
        return 77;
    }
    return RUN_TESTS;
}
