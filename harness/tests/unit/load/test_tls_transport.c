#include "load/loader.h"

#include "base/mem.h"
#include "load_run.h"
#include "peer.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

/* One hundred requests from the first moment on, so that the counts of both sides can be laid over each other. */
static const struct planned_step hundred = {.rate = 500, .measure_ns = 200 * MS};

static struct protocol trusting(const char *certificate)
{
    return (struct protocol){.tls = true, .ca_file = certificate};
}

/* --- certificates ------------------------------------------------------------------------------------------------ */

TEST(a_trusted_certificate_lets_every_request_through)
{
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct load_run run;
        struct load_record record;
        struct fault_record server;
        load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                       &(struct loader_options){.threads = threads, .protocol = trusting(peer_right_certificate())},
                       NULL);
        load_run_step(&run, &hundred, &record);
        assert_null(loader_trouble(run.loader));
        load_run_end(&run, &server);
        assert_int_equal(record.tally.good, 100);
        assert_int_equal(server.requests, 100);
        assert_true(record.connections >= threads && record.connections <= record.connections_opened);
        assert_int_equal(record.connections_opened, server.connections);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

/* The service's requests as `protocol` and `name` make of it: how many were good; the rest must be failures to connect.
 */
static uint64_t good_of_hundred(struct protocol protocol, const char *name)
{
    struct load_run run;
    struct load_record record;
    struct fault_record server;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                   &(struct loader_options){.protocol = protocol, .name = name}, NULL);
    load_run_step(&run, &hundred, &record);
    assert_int_equal(record.tally.offered, 100);
    assert_int_equal(record.tally.good + record.tally.failures[FAILURE_CONNECT], 100);
    assert_int_equal(record.tally.sent, record.tally.good);
    assert_int_equal(loader_trouble(run.loader) != NULL, record.tally.good < 100);
    uint64_t good = record.tally.good;
    load_run_end(&run, &server);
    assert_int_equal(server.requests, good);
    load_record_release(&record);
    fault_record_release(&server);
    return good;
}

TEST(a_certificate_that_nobody_trusts_is_a_failure_to_connect)
{
    assert_int_equal(good_of_hundred(trusting(NULL), NULL), 0);
    assert_int_equal(good_of_hundred(trusting(peer_other_certificate()), NULL), 0);
}

TEST(a_certificate_must_be_for_the_name_that_was_asked_for)
{
    assert_int_equal(good_of_hundred(trusting(peer_right_certificate()), "localhost"), 100);
    assert_int_equal(good_of_hundred(trusting(peer_right_certificate()), "other.example"), 0);
}

TEST(insecure_takes_any_certificate)
{
    assert_int_equal(good_of_hundred((struct protocol){.tls = true, .insecure = true}, NULL), 100);
    assert_int_equal(
        good_of_hundred((struct protocol){.tls = true, .insecure = true, .ca_file = peer_other_certificate()},
                        "other.example"),
        100);
}

TEST(a_file_of_certificates_that_cannot_be_read_is_refused)
{
    struct traffic traffic;
    struct loader *loader = NULL;
    struct error err = {0};

    traffic_init_get(&traffic, "/");
    assert_int_equal(loader_new(&loader,
                                &(struct loader_options){.traffic = &traffic,
                                                         .host = "127.0.0.1",
                                                         .port = 1,
                                                         .threads = 2,
                                                         .protocol = trusting("/no/file")},
                                &err),
                     -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.message, "/no/file: cannot be opened: No such file or directory");
    assert_null(loader);
    traffic_release(&traffic);
}

TEST(a_closed_load_that_cannot_connect_tries_again_but_not_in_a_frenzy)
{
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_NONE},
                  &(struct loader_options){.protocol = trusting(peer_other_certificate()), .threads = 2},
                  &(struct planned_step){.connections = 4, .measure_ns = 200 * MS}, &record, NULL);
    assert_in_range(record.tally.offered, 4, 200);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT], record.tally.offered);
    assert_int_equal(record.connections, 0);
    load_record_release(&record);
}

/* --- the same faults as without TLS ------------------------------------------------------------------------------ */

TEST(each_fault_is_counted_as_what_it_is)
{
    static const struct {
        enum fault fault;
        enum failure failure;
    } cases[] = {
        {FAULT_STATUS, FAILURE_STATUS},     {FAULT_BODY, FAILURE_BODY},   {FAULT_GARBAGE, FAILURE_PROTOCOL},
        {FAULT_HEADERS, FAILURE_PROTOCOL},  {FAULT_RESET, FAILURE_RESET}, {FAULT_CUT, FAILURE_RESET},
        {FAULT_SILENT, FAILURE_UNANSWERED},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct load_record record;
        struct fault_record server;
        load_run_once(&(struct fault_server_options){.fault = cases[i].fault, .every = 5},
                      &(struct loader_options){.threads = 1 + (unsigned)i % 2,
                                               .protocol = trusting(peer_right_certificate()),
                                               .deadline_ns = cases[i].fault == FAULT_SILENT ? 5000 * MS : 0},
                      &hundred, &record, &server);
        assert_int_equal(record.tally.offered, 100);
        assert_int_equal(record.tally.good, 80);
        assert_int_equal(record.tally.failures[cases[i].failure], 20);
        assert_int_equal(server.requests, 100);
        assert_int_equal(record.drained, cases[i].fault != FAULT_SILENT);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

TEST(a_service_that_closes_after_each_response_still_responds)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_CLOSE_SAID},
                  &(struct loader_options){.protocol = trusting(peer_right_certificate())},
                  &(struct planned_step){.connections = 3, .measure_ns = 300 * MS}, &record, &server);
    assert_true(record.tally.good > 3);
    assert_int_equal(record.tally.good, record.tally.offered);
    assert_true(server.connections >= record.tally.good);
    load_record_release(&record);
    fault_record_release(&server);
}

/* Four requests with a rest between them, and whether all were good, each over a connection of its own. */
static bool good_with_rests(enum fault fault)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = fault, .time_ns = 20 * MS},
                  &(struct loader_options){.protocol = trusting(peer_right_certificate())},
                  &(struct planned_step){.rate = 10, .measure_ns = 400 * MS}, &record, &server);
    bool good = server.connections == 4 && record.tally.good == 4;
    load_record_release(&record);
    fault_record_release(&server);
    return good;
}

/* Between requests there is time to see that the connection is gone. Unless this thread gets no core: then once more.
 */
TEST(a_connection_that_closes_at_rest_costs_no_request)
{
    static const enum fault faults[] = {FAULT_CLOSE_UNSAID, FAULT_IDLE_CLOSE};

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        assert_true(good_with_rests(faults[i]) || good_with_rests(faults[i]) || good_with_rests(faults[i]));
    }
}

TEST(a_response_that_drips_is_put_together)
{
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_DRIP, .time_ns = MS / 10},
                  &(struct loader_options){.protocol = trusting(peer_right_certificate())},
                  &(struct planned_step){.rate = 100, .measure_ns = 200 * MS}, &record, NULL);
    assert_int_equal(record.tally.good, 20);
    assert_true(record.service.min >= 5 * MS); /* over fifty bytes */
    load_record_release(&record);
}

TEST(a_late_response_is_a_timeout_and_its_time_is_kept)
{
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 1000 * MS},
                  &(struct loader_options){.protocol = trusting(peer_right_certificate()), .deadline_ns = 100 * MS},
                  &(struct planned_step){.rate = 20, .measure_ns = 2000 * MS}, &record, NULL);
    assert_int_equal(record.tally.good, 0);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT] + record.tally.failures[FAILURE_RESET], 0);
    assert_true(record.tally.failures[FAILURE_UNANSWERED] > 0);
    assert_true(record.response.min >= 100 * MS);
    load_record_release(&record);
}

#define MEBIBYTE 1048576

/* A POST whose body is `MEBIBYTE` bytes long, expected back as that length. */
static char *large_post(void)
{
    char *body = mem_new(MEBIBYTE + 1, 1);
    for (size_t i = 0; i < MEBIBYTE; i++) {
        body[i] = 'x';
    }
    char *text =
        mem_format("{\"requests\":[{\"name\":\"post\",\"method\":\"POST\",\"path\":\"/1\",\"expect\":{\"json\":"
                   "{\"length\":%d}},\"body\":\"%s\"}]}",
                   MEBIBYTE, body);
    free(body);
    return text;
}

TEST(a_large_body_is_sent_whole_however_little_the_socket_takes)
{
    struct load_run run;
    struct load_record record;
    char *traffic = large_post();

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                   &(struct loader_options){.protocol = trusting(peer_right_certificate())}, traffic);
    load_run_step(&run, &(struct planned_step){.connections = 2, .measure_ns = 300 * MS}, &record);
    assert_true(record.tally.offered >= 2);
    assert_int_equal(record.tally.good, record.tally.offered);
    load_record_release(&record);
    load_run_end(&run, NULL);
    free(traffic);
}

TEST(a_service_that_never_reads_leaves_every_request_unanswered)
{
    struct load_run run;
    struct load_record record;
    char *traffic = large_post();

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_DEAF},
                   &(struct loader_options){.protocol = trusting(peer_right_certificate()), .deadline_ns = 200 * MS},
                   traffic);
    load_run_step(&run, &(struct planned_step){.rate = 50, .measure_ns = 100 * MS, .drain_limit_ns = 50 * MS}, &record);
    assert_int_equal(record.tally.offered, 5);
    assert_int_equal(record.tally.failures[FAILURE_UNANSWERED] + record.tally.failures[FAILURE_UNSENT], 5);
    assert_false(record.drained);
    load_record_release(&record);
    load_run_end(&run, NULL);
    free(traffic);
}

/* --- steps ------------------------------------------------------------------------------------------------------- */

TEST(connections_are_kept_from_step_to_step)
{
    struct load_run run;
    struct load_record record;
    struct fault_record server;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                   &(struct loader_options){.threads = 2, .protocol = trusting(peer_right_certificate())}, NULL);
    for (int i = 0; i < 3; i++) {
        load_run_step(&run, &(struct planned_step){.connections = 6, .warmup_ns = 200 * MS, .measure_ns = 100 * MS},
                      &record);
        assert_int_equal(record.connections_opened, i == 0 ? 6 : 0);
        assert_int_equal(record.connections, 6);
        assert_true(record.tally.good > 6);
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
    load_run_end(&run, &server);
    assert_int_equal(server.connections, 6);
    fault_record_release(&server);
}

TEST(a_stopped_step_ends_and_the_next_one_runs)
{
    const struct planned_step endless = {
        .rate = 300, .arrivals = ARRIVALS_EVEN, .seed = 1, .measure_ns = 3600 * CLOCK_SECOND_NS, .interval_count = 4};
    struct load_run run;
    struct load_record record;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                   &(struct loader_options){.threads = 2, .protocol = trusting(peer_right_certificate())}, NULL);
    loader_start(run.loader, &endless);
    assert_false(loader_wait(run.loader, 200 * MS));
    loader_stop(run.loader);
    assert_true(loader_wait(run.loader, 10 * CLOCK_SECOND_NS));
    loader_finish(run.loader, &record);
    load_run_check(&record);
    assert_true(record.tally.offered > 0);
    load_record_release(&record);
    load_run_step(&run, &hundred, &record);
    assert_int_equal(record.tally.good, 100);
    load_record_release(&record);
    load_run_end(&run, NULL);
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
