#include "load/loader.h"

#include "base/mem.h"
#include "http2_run.h"
#include "test.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One hundred requests from the first moment on, so that the counts of both sides can be laid over each other. */
static const struct planned_step hundred = {.rate = 500, .measure_ns = 200 * MS};

/* --- responses --------------------------------------------------------------------------------------------------- */

TEST(every_request_is_answered_over_one_connection_a_thread)
{
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct load_record record;
        struct peer *peer =
            http2_run_once(&(struct http2_service){0}, &(struct loader_options){.threads = threads}, &hundred, &record);
        assert_int_equal(record.tally.good, 100);
        assert_true(record.drained);
        assert_int_equal(peer_count(peer, "requests"), 100);
        assert_int_equal(peer_count(peer, "connections"), threads);
        assert_int_equal(peer_count(peer, "protocol_errors"), 0);
        assert_int_equal(peer_count(peer, "own_headers"), 0);
        load_record_release(&record);
        peer_free(peer);
    }
}

TEST(many_requests_share_a_connection_at_the_same_time)
{
    struct load_record record;
    struct peer *peer = http2_run_once(&(struct http2_service){.fault = "slow"}, &(struct loader_options){0},
                                       &(struct planned_step){.connections = 40, .measure_ns = 400 * MS}, &record);

    assert_true(record.tally.good >= 40);
    assert_int_equal(record.tally.good, record.tally.offered);
    assert_int_equal(record.connections, 40);
    assert_int_equal(peer_count(peer, "connections"), 1);
    assert_int_equal(peer_count(peer, "most_streams"), 40);
    load_record_release(&record);
    peer_free(peer);
}

TEST(more_than_a_connection_may_carry_takes_more_connections)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "slow", .streams = 10}, &(struct loader_options){0},
                       &(struct planned_step){.connections = 40, .measure_ns = 600 * MS}, &record);

    assert_true(record.tally.good >= 40);
    assert_int_equal(record.tally.good, record.tally.offered);
    assert_in_range(peer_count(peer, "connections"), 2, 40);
    load_record_release(&record);
    peer_free(peer);
}

TEST(connections_are_kept_from_step_to_step)
{
    struct load_run run;
    struct load_record record;
    struct peer *peer = http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){.threads = 2}, NULL);

    for (int i = 0; i < 3; i++) {
        load_run_step(&run,
                      &(struct planned_step){.rate = i == 1 ? 200 : 0,
                                             .connections = i == 1 ? 0 : 6,
                                             .measure_ns = 100 * MS},
                      &record);
        assert_true(record.tally.good > 0);
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
    http2_run_end(&run, peer);
    assert_int_equal(peer_count(peer, "connections"), 2);
    peer_free(peer);
}

/* Each kind of request over the same few places, one after another, drawn at random. */
TEST(requests_of_all_kinds_arrive_as_they_are)
{
    static const char kinds[] =
        "{\"requests\":["
        "{\"name\":\"read\",\"path\":\"/items/{id}\",\"headers\":{\"X-Mark\":\"yes\"},"
        "\"expect\":{\"json\":{\"id\":\"{id}\"}}},"
        "{\"name\":\"look\",\"method\":\"HEAD\",\"path\":\"/items/7\"},"
        "{\"name\":\"write\",\"method\":\"POST\",\"path\":\"/items\",\"json\":{\"n\":\"{id}\"},"
        "\"expect\":{\"json\":{\"method\":\"POST\"}}},"
        "{\"name\":\"put\",\"method\":\"PUT\",\"path\":\"/items/1\",\"body\":\"twelve bytes\","
        "\"expect\":{\"json\":{\"length\":12}}},"
        "{\"name\":\"bare\",\"method\":\"POST\",\"path\":\"/items/2\",\"expect\":{\"json\":{\"length\":0}}},"
        "{\"name\":\"patch\",\"method\":\"PATCH\",\"path\":\"/items/"
        "3\",\"body\":\"x\",\"expect\":{\"json\":{\"method\":"
        "\"PATCH\"}}},"
        "{\"name\":\"drop\",\"method\":\"DELETE\",\"path\":\"/items/4\",\"expect\":{\"json\":{\"method\":\"DELETE\"}}},"
        "{\"name\":\"ask\",\"method\":\"OPTIONS\",\"path\":\"/a/../5?b=%20&c\",\"expect\":{\"json\":{\"method\":"
        "\"OPTIONS\"}}}],"
        "\"values\":{\"id\":{\"uniform\":[1,10000]}}}";
    struct load_run run;
    struct load_record record;
    struct peer *peer =
        http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){.name = "localhost"}, kinds);

    load_run_step(&run, &(struct planned_step){.rate = 1000, .measure_ns = 300 * MS}, &record);
    assert_int_equal(record.tally.good, 300);
    load_record_release(&record);
    http2_run_end(&run, peer);
    assert_int_equal(peer_count(peer, "requests"), 300);
    assert_int_equal(peer_count(peer, "authority_named"), 300);
    assert_int_equal(peer_count(peer, "own_headers"), 0);
    assert_in_range(peer_count(peer, "marked"), 10, 100);
    assert_in_range(peer_count(peer, "typed"), 10, 100); /* of the JSON body alone */
    peer_free(peer);
}

/* Requests with other headers each time, with the same ones, and with none take turns on the same handles. */
TEST(headers_with_places_are_those_of_their_request)
{
    static const char kinds[] =
        "{\"requests\":[{\"name\":\"own\",\"weight\":3,\"path\":\"/items/{id}\","
        "\"headers\":{\"X-Id\":\"{id}\",\"X-Sum\":\"<{id}>\",\"X-Fix\":\"1\"}},"
        "{\"name\":\"mark\",\"method\":\"POST\",\"path\":\"/marked/"
        "x\",\"headers\":{\"X-Mark\":\"yes\"},\"body\":\"b\"},"
        "{\"name\":\"bare\",\"path\":\"/bare/x\"}],\"values\":{\"id\":{\"uniform\":[1,100000]}}}";
    struct load_run run;
    struct load_record record;
    struct peer *peer =
        http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){.name = "localhost"}, kinds);

    load_run_step(&run, &(struct planned_step){.rate = 1000, .measure_ns = 300 * MS}, &record);
    assert_int_equal(record.tally.good, 300);
    uint64_t own = record.requests[0].sent, mark = record.requests[1].sent;
    load_record_release(&record);
    http2_run_end(&run, peer);
    assert_in_range(own, 100, 250);
    assert_int_equal(peer_count(peer, "matched"), own);
    assert_int_equal(peer_count(peer, "mismatched"), 0);
    assert_int_equal(peer_count(peer, "marked"), mark);
    assert_int_equal(peer_count(peer, "own_headers"), 0);
    peer_free(peer);
}

TEST(a_large_response_comes_whole)
{
    static const char length[] = "{\"requests\":[{\"name\":\"get\",\"path\":\"/\",\"expect\":{\"length\":200000}}]}";
    struct load_run run;
    struct load_record record;
    struct peer *peer =
        http2_run_start(&run, &(struct http2_service){.fault = "large"}, &(struct loader_options){0}, length);

    for (int closed = 0; closed <= 1; closed++) {
        load_run_step(&run,
                      &(struct planned_step){.rate = closed ? 0 : 20,
                                             .connections = closed ? 3 : 0,
                                             .measure_ns = 200 * MS},
                      &record);
        assert_true(record.tally.good >= (closed ? 3 : 4));
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
    http2_run_end(&run, peer);
    peer_free(peer);
}

TEST(a_large_body_is_sent_whole)
{
    struct load_run run;
    struct load_record record;
    char *body = mem_new(300001, 1);
    for (int i = 0; i < 300000; i++) {
        body[i] = 'x';
    }
    char *traffic =
        mem_format("{\"requests\":[{\"name\":\"post\",\"method\":\"POST\",\"path\":\"/1\",\"expect\":{\"json\":"
                   "{\"length\":300000}},\"body\":\"%s\"}]}",
                   body);
    struct peer *peer = http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){0}, traffic);

    load_run_step(&run, &(struct planned_step){.connections = 3, .measure_ns = 400 * MS}, &record);
    assert_true(record.tally.good >= 3);
    assert_int_equal(record.tally.good, record.tally.offered);
    load_record_release(&record);
    http2_run_end(&run, peer);
    peer_free(peer);
    free(traffic);
    free(body);
}

/* --- connecting -------------------------------------------------------------------------------------------------- */

TEST(a_certificate_that_nobody_trusts_is_a_failure_to_connect)
{
    for (int closed = 0; closed <= 1; closed++) {
        struct load_record record;
        struct peer *peer = http2_run_once(
            &(struct http2_service){0},
            &(struct loader_options){.threads = 2, .protocol = {.ca_file = peer_other_certificate()}},
            &(struct planned_step){.rate = closed ? 0 : 100, .connections = closed ? 4 : 0, .measure_ns = 200 * MS},
            &record);
        assert_true(closed || record.tally.offered == 20);
        assert_in_range(record.tally.offered, 4, 200); /* tried again, not in a frenzy */
        assert_int_equal(record.tally.failures[FAILURE_CONNECT], record.tally.offered);
        assert_int_equal(record.tally.sent, 0);
        assert_int_equal(peer_count(peer, "requests"), 0);
        load_record_release(&record);
        peer_free(peer);
    }
}

TEST(insecure_takes_any_certificate)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){0},
                       &(struct loader_options){.name = "other.example",
                                                .protocol = {.insecure = true, .ca_file = peer_other_certificate()}},
                       &hundred, &record);

    assert_int_equal(record.tally.good, 100);
    load_record_release(&record);
    peer_free(peer);
}

TEST(nothing_listens)
{
    struct load_run run;
    struct load_record record;
    struct peer *peer = http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){0}, NULL);

    peer_stop(peer);
    load_run_step(&run, &hundred, &record);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT], 100);
    assert_int_equal(record.tally.sent, 0);
    assert_string_equal(loader_trouble(run.loader), curl_easy_strerror(CURLE_COULDNT_CONNECT));
    load_record_release(&record);
    loader_free(run.loader);
    traffic_release(&run.traffic);
    peer_free(peer);
}

TEST(a_service_that_goes_away_between_steps_is_a_failure)
{
    struct load_run run;
    struct load_record record;
    struct peer *peer = http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){0}, NULL);

    load_run_step(&run, &hundred, &record);
    assert_int_equal(record.tally.good, 100);
    load_record_release(&record);
    peer_stop(peer);
    load_run_step(&run, &hundred, &record);
    assert_int_equal(record.tally.offered, 100);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT] + record.tally.failures[FAILURE_RESET], 100);
    load_record_release(&record);
    loader_free(run.loader);
    traffic_release(&run.traffic);
    peer_free(peer);
}

TEST(a_response_that_is_not_http2_is_a_protocol_failure)
{
    struct load_record record;
    struct peer *peer =
        http2_run_once(&(struct http2_service){.fault = "old"}, &(struct loader_options){0}, &hundred, &record);

    assert_int_equal(record.tally.good, 0);
    assert_int_equal(record.tally.failures[FAILURE_PROTOCOL], 100);
    load_record_release(&record);
    peer_free(peer);
}

TEST(a_stopped_step_ends_and_the_next_one_runs)
{
    const struct planned_step endless = {.connections = 5,
                                         .arrivals = ARRIVALS_EVEN,
                                         .seed = 1,
                                         .measure_ns = 3600 * CLOCK_SECOND_NS,
                                         .interval_count = 4};
    struct load_run run;
    struct load_record record;
    struct peer *peer = http2_run_start(&run, &(struct http2_service){0}, &(struct loader_options){.threads = 2}, NULL);

    loader_start(run.loader, &endless);
    assert_false(loader_wait(run.loader, 200 * MS));
    loader_stop(run.loader);
    assert_true(loader_wait(run.loader, 10 * CLOCK_SECOND_NS));
    loader_finish(run.loader, &record);
    load_run_check(&record);
    load_record_release(&record);
    load_run_step(&run, &hundred, &record);
    assert_int_equal(record.tally.good, 100);
    load_record_release(&record);
    http2_run_end(&run, peer);
    peer_free(peer);
}

/* --- without TLS ------------------------------------------------------------------------------------------------- */

TEST(without_tls_it_works_as_with_it)
{
    struct load_record record;
    struct peer *peer = http2_run_once(&(struct http2_service){.clear = true}, &(struct loader_options){.threads = 2},
                                       &hundred, &record);

    assert_int_equal(record.tally.good, 100);
    assert_int_equal(peer_count(peer, "connections"), 2);
    load_record_release(&record);
    peer_free(peer);
}

TEST(without_tls_what_is_not_http2_is_a_protocol_failure)
{
    struct load_record record;
    struct peer *peer = http2_run_once(&(struct http2_service){.fault = "old", .clear = true},
                                       &(struct loader_options){0}, &hundred, &record);

    assert_int_equal(record.tally.failures[FAILURE_PROTOCOL], 100);
    load_record_release(&record);
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
