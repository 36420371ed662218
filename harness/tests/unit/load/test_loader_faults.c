#include "load/loader.h"

#include "load_run.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* One hundred requests from the first moment on, so that the counts of both sides can be laid over each other. */
static const struct planned_step hundred = {.rate = 500, .measure_ns = 200 * MS};

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
        for (unsigned threads = 1; threads <= 2; threads++) {
            struct load_record record;
            struct fault_record server;
            load_run_once(&(struct fault_server_options){.fault = cases[i].fault, .every = 5},
                          &(struct loader_options){.threads = threads,
                                                   .deadline_ns = cases[i].fault == FAULT_SILENT ? 1500 * MS : 0},
                          &hundred, &record, &server);
            assert_int_equal(record.tally.offered, 100);
            assert_int_equal(record.tally.good, 80);
            assert_int_equal(record.tally.failures[cases[i].failure], 20);
            assert_int_equal(server.requests, 100);
            assert_int_equal(server.faults, 20);
            load_record_release(&record);
            fault_record_release(&server);
        }
    }
}

TEST(a_closed_load_counts_them_too)
{
    static const enum fault faults[] = {FAULT_STATUS, FAULT_BODY, FAULT_GARBAGE, FAULT_HEADERS, FAULT_RESET, FAULT_CUT};

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        struct load_record record;
        struct fault_record server;
        load_run_once(&(struct fault_server_options){.fault = faults[i], .every = 7}, &(struct loader_options){0},
                      &(struct planned_step){.connections = 4, .measure_ns = 400 * MS}, &record, &server);
        assert_true(record.tally.good > 0);
        assert_int_equal(server.requests, record.tally.offered);
        assert_int_equal(server.faults, tally_failed(&record.tally));
        assert_int_equal(server.most_open, 4);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

TEST(the_first_wrong_response_is_kept_with_what_it_said)
{
    for (unsigned threads = 1; threads <= 2; threads++) {
        struct load_record record;
        load_run_once(&(struct fault_server_options){.fault = FAULT_STATUS, .every = 5},
                      &(struct loader_options){.threads = threads}, &hundred, &record, NULL);
        assert_int_equal(record.first_wrong->status, 500);
        assert_int_equal(record.statuses.count, 1);
        assert_int_equal(record.statuses.counts[0].status, 500);
        assert_int_equal(record.statuses.counts[0].count, record.tally.failures[FAILURE_STATUS]);
        assert_string_equal(record.first_wrong->body, "{\"id\":7,\"length\":0}");
        assert_null(record.first_wrong->member);
        load_record_release(&record);
        load_run_once(&(struct fault_server_options){.fault = FAULT_BODY, .every = 5},
                      &(struct loader_options){.threads = threads}, &hundred, &record, NULL);
        assert_int_equal(record.first_wrong->status, 200);
        assert_string_equal(record.first_wrong->member, "id");
        assert_string_equal(record.first_wrong->expected_value, "7");
        assert_string_equal(record.first_wrong->came_value, "-1");
        load_record_release(&record);
    }
}

/* The step would last for half a minute; it is ended as soon as the response is seen. */
TEST(a_wrong_response_can_be_seen_while_its_step_runs)
{
    static const struct planned_step step = {
        .rate = 200, .seed = 1, .measure_ns = 30000 * MS, .interval_count = 10, .drain_limit_ns = 200 * MS};
    struct load_run run;
    struct load_record record;
    bool seen = false;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_STATUS, .every = 1}, &(struct loader_options){0},
                   NULL);
    loader_start(run.loader, &step);
    while (!loader_wait(run.loader, 10 * MS)) {
        const struct wrong_response *wrong = loader_first_wrong(run.loader);
        if (wrong != NULL && !seen) {
            seen = wrong->status == 500;
            loader_stop(run.loader);
        }
    }
    loader_finish(run.loader, &record);
    assert_true(seen);
    assert_true(record.measured_ns < step.measure_ns);
    assert_null(loader_first_wrong(run.loader));
    load_record_release(&record);
    load_run_end(&run, NULL);
}

/* What came behind the response was asked for by nobody: the response counts, the connection is not used again. */
TEST(a_connection_with_bytes_behind_the_response_is_not_used_again)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_SURPLUS, .every = 5}, &(struct loader_options){0},
                  &hundred, &record, &server);
    assert_int_equal(record.tally.good, 100);
    assert_true(server.connections >= 20);
    load_record_release(&record);
    fault_record_release(&server);
}

/* Those of the first 400 ms come before the step closes, 100 ms after its end; the last would come 600 ms after that.
 */
TEST(a_response_after_the_deadline_is_a_timeout_and_its_time_is_kept)
{
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 700 * MS},
                  &(struct loader_options){.deadline_ns = 100 * MS},
                  &(struct planned_step){.rate = 100, .measure_ns = 1000 * MS, .drain_limit_ns = 10 * CLOCK_SECOND_NS},
                  &record, NULL);
    assert_int_equal(record.tally.offered, 100);
    assert_int_equal(record.tally.good, 0);
    assert_int_equal(tally_failed(&record.tally), record.tally.failures[FAILURE_TIMEOUT] + record.censored);
    assert_true(record.tally.failures[FAILURE_TIMEOUT] > 0);
    assert_true(record.tally.failures[FAILURE_UNANSWERED] > 0);
    assert_true(record.service.min >= 700 * MS);
    assert_true(record.response.min >= 100 * MS);
    assert_true(record.drained);
    load_record_release(&record);
}

TEST(a_service_that_closes_after_each_response_still_responds)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_CLOSE_SAID}, &(struct loader_options){.threads = 2},
                  &hundred, &record, &server);
    assert_int_equal(record.tally.good, 100);
    assert_int_equal(server.responses, 100);
    assert_int_equal(record.connections_opened, server.connections);
    assert_true(server.connections >= 100);
    load_record_release(&record);
    fault_record_release(&server);

    load_run_once(&(struct fault_server_options){.fault = FAULT_CLOSE_SAID}, &(struct loader_options){0},
                  &(struct planned_step){.connections = 3, .measure_ns = 400 * MS}, &record, &server);
    assert_true(record.tally.good > 3);
    assert_int_equal(record.tally.good, record.tally.offered);
    assert_true(server.connections >= record.tally.good);
    load_record_release(&record);
    fault_record_release(&server);
}

/* Four requests with a rest between them, and how many of them were good. */
static uint64_t with_rests(enum fault fault)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = fault, .time_ns = 20 * MS}, &(struct loader_options){0},
                  &(struct planned_step){.rate = 10, .measure_ns = 400 * MS}, &record, &server);
    uint64_t good = server.connections == 4 ? record.tally.good : 0;
    load_record_release(&record);
    fault_record_release(&server);
    return good;
}

/* Between requests there is time to see that the connection is gone; no request is lost with it. Unless this thread
 * gets no core for all that time: then once more. */
TEST(a_connection_that_closes_at_rest_costs_no_request)
{
    static const enum fault faults[] = {FAULT_CLOSE_UNSAID, FAULT_HALF_CLOSE, FAULT_IDLE_CLOSE};

    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        assert_true(with_rests(faults[i]) == 4 || with_rests(faults[i]) == 4 || with_rests(faults[i]) == 4);
    }
}

/* The next request goes out on a connection that closes at the same time: lost, counted, and the load goes on. */
TEST(a_service_that_closes_without_a_word_loses_requests_of_a_closed_load)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_CLOSE_UNSAID}, &(struct loader_options){.threads = 2},
                  &(struct planned_step){.connections = 8, .measure_ns = 400 * MS}, &record, &server);
    assert_true(record.tally.good > 8);
    assert_int_equal(record.tally.offered, record.tally.good + record.tally.failures[FAILURE_RESET]);
    assert_int_equal(server.responses, record.tally.good);
    load_record_release(&record);
    fault_record_release(&server);
}

TEST(a_response_before_its_request_does_no_harm)
{
    struct load_record record;

    for (int closed = 0; closed <= 1; closed++) {
        load_run_once(
            &(struct fault_server_options){.fault = FAULT_EARLY}, &(struct loader_options){.deadline_ns = 200 * MS},
            &(struct planned_step){.rate = closed ? 0 : 250, .connections = closed ? 4 : 0, .measure_ns = 200 * MS},
            &record, NULL);
        assert_true(record.tally.offered >= 4);
        load_record_release(&record);
    }
}

TEST(a_response_that_drips_is_put_together)
{
    struct load_record record;

    load_run_once(&(struct fault_server_options){.fault = FAULT_DRIP, .time_ns = MS / 10}, &(struct loader_options){0},
                  &(struct planned_step){.rate = 100, .measure_ns = 200 * MS}, &record, NULL);
    assert_int_equal(record.tally.good, 20);
    assert_true(record.service.min >= 5 * MS); /* over fifty bytes */
    load_record_release(&record);
}

TEST(nothing_listens)
{
    struct load_record record;

    for (unsigned threads = 1; threads <= 3; threads += 2) {
        load_run_once(&(struct fault_server_options){.fault = FAULT_REFUSE},
                      &(struct loader_options){.threads = threads}, &hundred, &record, NULL);
        assert_int_equal(record.tally.offered, 100);
        assert_int_equal(record.tally.failures[FAILURE_CONNECT], 100);
        assert_int_equal(record.tally.sent, 0);
        assert_int_equal(record.connections, 0);
        load_record_release(&record);
        load_run_once(&(struct fault_server_options){.fault = FAULT_REFUSE},
                      &(struct loader_options){.threads = threads},
                      &(struct planned_step){.connections = 3, .warmup_ns = 50 * MS, .measure_ns = 400 * MS}, &record,
                      NULL);
        assert_true(record.tally.offered > 0 && record.tally.offered < 1000); /* tried again, not in a frenzy */
        assert_int_equal(record.tally.failures[FAILURE_CONNECT], record.tally.offered);
        load_record_release(&record);
    }
}

TEST(a_service_that_goes_away_in_the_middle)
{
    for (int closed = 0; closed <= 1; closed++) {
        struct load_record record;
        struct fault_record server;
        load_run_once(&(struct fault_server_options){.fault = FAULT_STOP, .every = 40}, &(struct loader_options){0},
                      &(struct planned_step){.rate = closed ? 0 : 250,
                                             .connections = closed ? 4 : 0,
                                             .measure_ns = 400 * MS},
                      &record, &server);
        assert_int_equal(record.tally.good, server.responses);
        assert_in_range(record.tally.good, 1, 39);
        assert_true(record.tally.failures[FAILURE_RESET] >= 1);
        assert_true(record.tally.failures[FAILURE_CONNECT] >= 5);
        assert_int_equal(record.tally.offered, record.tally.good + record.tally.failures[FAILURE_RESET] +
                                                   record.tally.failures[FAILURE_CONNECT]);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

#define MEBIBYTE 1048576

/* A POST whose body is `MEBIBYTE` bytes long, expected back as that length. */
static char *large_post(void)
{
    static const char head[] =
        "{\"requests\":[{\"name\":\"post\",\"method\":\"POST\",\"path\":\"/1\",\"expect\":{\"json\":"
        "{\"length\":1048576}},\"body\":\"";
    static const char tail[] = "\"}]}";
    char *text = malloc(sizeof head + MEBIBYTE + sizeof tail);

    assert_non_null(text);
    memcpy(text, head, sizeof head - 1);
    memset(text + sizeof head - 1, 'x', MEBIBYTE);
    memcpy(text + sizeof head - 1 + MEBIBYTE, tail, sizeof tail);
    return text;
}

TEST(a_large_body_is_sent_whole_however_little_the_socket_takes)
{
    struct load_run run;
    struct load_record record;
    char *traffic = large_post();

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE}, &(struct loader_options){0}, traffic);
    for (int closed = 0; closed <= 1; closed++) {
        load_run_step(&run,
                      &(struct planned_step){.rate = closed ? 0 : 50,
                                             .connections = closed ? 2 : 0,
                                             .measure_ns = 200 * MS},
                      &record);
        assert_true(record.tally.offered >= (closed ? 2 : 10));
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
    load_run_end(&run, NULL);
    free(traffic);
}

TEST(a_service_that_never_reads_leaves_every_request_unanswered)
{
    struct load_run run;
    struct load_record record;
    char *traffic = large_post();

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_DEAF},
                   &(struct loader_options){.deadline_ns = 1000 * MS}, traffic);
    for (int i = 0; i < 2; i++) {
        load_run_step(&run, &(struct planned_step){.rate = 50, .measure_ns = 100 * MS, .drain_limit_ns = 50 * MS},
                      &record);
        assert_int_equal(record.tally.offered, 5);
        assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 5);
        assert_false(record.drained);
        load_record_release(&record);
    }
    load_run_end(&run, NULL);
    free(traffic);
}

/* The process runs out of descriptors: that is counted, and not as the service's failure; the rest goes on. */
TEST(without_descriptors_the_load_goes_on_as_far_as_it_can)
{
    struct rlimit limit, tight;
    struct load_run run;
    struct load_record record;

    getrlimit(RLIMIT_NOFILE, &limit);
    for (int closed = 0; closed <= 1; closed++) {
        load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 20 * MS},
                       &(struct loader_options){.deadline_ns = 200 * MS}, NULL);
        int next = dup(0);
        close(next);
        tight = (struct rlimit){.rlim_cur = (rlim_t)next + 5, .rlim_max = limit.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
        load_run_step(&run,
                      &(struct planned_step){.rate = closed ? 0 : 500,
                                             .connections = closed ? 30 : 0,
                                             .measure_ns = 200 * MS},
                      &record);
        setrlimit(RLIMIT_NOFILE, &limit);
        assert_true(record.tally.sent > 0);
        assert_int_equal(record.tally.failures[FAILURE_CONNECT], 0); /* the want is this machine's */
        assert_true(record.connections_denied > 0);
        assert_true(record.connections_opened < 40);
        load_record_release(&record);
        load_run_end(&run, NULL);
    }
}

/* Room for two connections only, and many requests due at once: they wait for the two that are on their way. */
TEST(a_connection_that_cannot_be_had_costs_nothing_while_others_come)
{
    struct rlimit limit, tight;
    struct load_run run;
    struct load_record record;

    getrlimit(RLIMIT_NOFILE, &limit);
    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_DEAF},
                   &(struct loader_options){.deadline_ns = 1000 * MS}, NULL);
    int next = dup(0);
    close(next);
    /* one more is the thread's own, of which it reads how long it waited for a core */
    tight = (struct rlimit){.rlim_cur = (rlim_t)next + 3, .rlim_max = limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
    load_run_step(&run, &(struct planned_step){.rate = 50000, .measure_ns = 20 * MS}, &record);
    setrlimit(RLIMIT_NOFILE, &limit);
    assert_int_equal(record.tally.offered, 1000);
    assert_int_equal(record.tally.failures[FAILURE_CONNECT], 0);
    assert_true(record.tally.sent > 0);
    load_record_release(&record);
    load_run_end(&run, NULL);
}
