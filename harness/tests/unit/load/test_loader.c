#include "load/loader.h"

#include "load/traffic/schedule.h"
#include "load_run.h"
#include "test.h"
#include "traffic_text.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

TEST(every_request_of_an_even_rate_is_sent_and_answered)
{
    for (unsigned threads = 1; threads <= 4; threads += 3) {
        for (int spin = 0; spin <= 1; spin++) {
            struct load_record record;
            struct fault_record server;
            load_run_once(&(struct fault_server_options){.fault = FAULT_NONE},
                          &(struct loader_options){.threads = threads, .spin = spin == 1},
                          &(struct planned_step){.rate = 400, .warmup_ns = 100 * MS, .measure_ns = 400 * MS}, &record,
                          &server);
            assert_int_equal(record.tally.offered, 160);
            assert_int_equal(record.tally.good, 160);
            assert_int_equal(server.requests, 200); /* with those of the warm-up */
            assert_true(record.drained);
            assert_int_equal(record.threads, threads);
            assert_int_equal(record.measured_ns, 400 * MS);
            assert_true(record.connections >= 1 && record.connections <= server.connections);
            assert_int_equal(record.connections_opened, server.connections);
            for (size_t i = 0; i < record.interval_count; i++) {
                assert_int_equal(record.intervals[i].tally.offered, 16);
            }
            load_record_release(&record);
            fault_record_release(&server);
        }
    }
}

/* How many requests of this seed are due in the measured part, by the schedule itself. */
static uint64_t due(const struct planned_step *step, unsigned threads)
{
    uint64_t count = 0;
    for (unsigned thread = 0; thread < threads; thread++) {
        struct schedule schedule;
        schedule_init(&schedule, step, thread, threads);
        for (; schedule.due_ns != SCHEDULE_END; schedule_next(&schedule)) {
            count += schedule.due_ns >= step->warmup_ns;
        }
    }
    return count;
}

TEST(a_poisson_rate_offers_what_its_seed_says)
{
    for (unsigned threads = 1; threads <= 3; threads++) {
        const struct planned_step step = {
            .rate = 500, .arrivals = ARRIVALS_POISSON, .seed = threads, .warmup_ns = 50 * MS, .measure_ns = 250 * MS};
        struct load_record record;
        load_run_once(&(struct fault_server_options){.fault = FAULT_NONE}, &(struct loader_options){.threads = threads},
                      &step, &record, NULL);
        assert_int_equal(record.tally.offered, due(&step, threads));
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
}

/* Requests of three kinds, with values of every sort, of which one is a sequence that only one kind takes. */
static const char mixed[] =
    "{\"values\":{\"id\":{\"zipf\":[1,1000000]},\"word\":{\"words\":3},\"n\":{\"sequence\":[0,999]},"
    "\"list\":{\"numbers\":[20,1,99]}},"
    "\"requests\":[{\"name\":\"r\",\"weight\":7,\"path\":\"/r/{id}?again={id}\"},"
    "{\"name\":\"w\",\"weight\":2,\"method\":\"POST\",\"path\":\"/w\",\"json\":{\"a\":\"{word}\",\"b\":\"{n}\"}},"
    "{\"name\":\"l\",\"method\":\"PUT\",\"path\":\"/l\",\"json\":{\"list\":\"{list}\"}}]}";

/* What the server has got of two steps from all generators together: `several` loaders of so many threads each. */
static struct fault_record received(unsigned several, unsigned threads)
{
    const struct planned_step step = {
        .rate = 2000, .arrivals = ARRIVALS_POISSON, .seed = 5, .warmup_ns = 50 * MS, .measure_ns = 250 * MS};
    struct fault_server *server = fault_server_start(&(struct fault_server_options){.fault = FAULT_NONE});
    struct loader *loaders[3];
    struct planned_step whole = step;
    struct fault_record record;
    struct traffic traffic;
    struct error err = {0};

    traffic_from_text(&traffic, mixed);
    whole.interval_count = 10;
    whole.drain_limit_ns = 200 * MS;
    for (unsigned i = 0; i < several; i++) {
        const struct loader_options options = {.traffic = &traffic,
                                               .host = "127.0.0.1",
                                               .port = fault_server_port(server),
                                               .threads = threads,
                                               .first_thread = i * threads,
                                               .all_threads = several * threads,
                                               .deadline_ns = 10 * CLOCK_SECOND_NS,
                                               .connections_most = 1000};
        assert_int_equal(loader_new(&loaders[i], &options, &err), 0);
    }
    uint64_t start_ns = clock_now_ns() + 50 * MS;
    for (unsigned i = 0; i < several; i++) {
        loader_start_at(loaders[i], &whole, start_ns);
    }
    for (unsigned i = 0; i < several; i++) {
        struct load_record load;
        assert_true(loader_wait(loaders[i], 30 * CLOCK_SECOND_NS));
        loader_finish(loaders[i], &load);
        assert_int_equal(load.tally.good, load.tally.offered);
        load_record_release(&load);
        loader_free(loaders[i]);
    }
    fault_server_stop(server, &record);
    traffic_release(&traffic);
    return record;
}

TEST(a_server_gets_the_same_requests_from_any_number_of_generators)
{
    static const unsigned cases[][2] = {{1, 2}, {1, 4}, {2, 1}, {3, 1}, {2, 2}};
    struct fault_record one = received(1, 1);

    assert_true(one.requests > 400);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct fault_record several = received(cases[i][0], cases[i][1]);
        assert_int_equal(several.requests, one.requests);
        assert_int_equal(several.digest, one.digest);
        fault_record_release(&several);
    }
    fault_record_release(&one);
}

TEST(a_closed_load_keeps_every_connection_busy)
{
    static const uint64_t connections[] = {1, 5, 200};

    for (size_t i = 0; i < 3; i++) {
        struct load_record record;
        struct fault_record server;
        load_run_once(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 2 * MS},
                      &(struct loader_options){.threads = 2},
                      &(struct planned_step){.connections = connections[i],
                                             .warmup_ns = 200 * MS,
                                             .measure_ns = 200 * MS},
                      &record, &server);
        assert_int_equal(record.tally.good, record.tally.offered);
        assert_true(record.tally.offered >= connections[i]);
        assert_int_equal(record.connections, connections[i]);
        assert_int_equal(server.most_open, connections[i]);
        assert_int_equal(record.send_lag.total, 0);
        assert_true(record.service.min >= 2 * MS);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

TEST(more_connections_are_opened_while_all_are_busy)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = 50 * MS}, &(struct loader_options){0},
                  &(struct planned_step){.rate = 200, .warmup_ns = 100 * MS, .measure_ns = 300 * MS}, &record, &server);
    assert_int_equal(record.tally.good, 60);
    assert_true(record.service.min >= 50 * MS);
    assert_true(record.mean_in_flight > 8); /* Little: 200/s for 50 ms */
    assert_true(server.most_open >= 10);
    load_record_release(&record);
    fault_record_release(&server);
}

TEST(connections_are_opened_up_to_the_maximum_and_not_beyond)
{
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct load_record record;
        struct fault_record server;
        load_run_once(&(struct fault_server_options){.fault = FAULT_SILENT},
                      &(struct loader_options){.threads = threads, .connections_most = 7, .deadline_ns = 500 * MS},
                      &(struct planned_step){.rate = 300, .measure_ns = 300 * MS}, &record, &server);
        assert_int_equal(record.tally.offered, 90);
        assert_int_equal(record.tally.sent, 7);
        assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 7);
        assert_int_equal(record.tally.failures[FAILURE_UNSENT], 83);
        assert_int_equal(server.most_open, 7);
        assert_int_equal(server.connections, 7);
        assert_false(record.drained);
        assert_true(record.response.min >= 500 * MS); /* the deadline after the last was due */
        assert_true(record.response.max >= 750 * MS);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

/* What was sent in the warm-up is in no account of the measured time, but holds the connections until its end. */
TEST(requests_of_the_warm_up_are_held_at_the_end)
{
    for (unsigned threads = 1; threads <= 3; threads += 2) {
        struct load_record record;
        load_run_once(&(struct fault_server_options){.fault = FAULT_SILENT},
                      &(struct loader_options){.threads = threads, .connections_most = 7, .deadline_ns = 500 * MS},
                      &(struct planned_step){.rate = 300, .warmup_ns = 100 * MS, .measure_ns = 200 * MS}, &record,
                      NULL);
        assert_int_equal(record.tally.offered, 60);
        assert_int_equal(record.tally.sent, 0);
        assert_int_equal(record.tally.failures[FAILURE_UNSENT], 60);
        assert_int_equal(record.held_at_end, 7);
        load_record_release(&record);
    }
}

/* Each connection is used once: that many of them in a short time, and few at once. */
TEST(many_connections_come_from_several_addresses)
{
    struct load_record record;
    struct fault_record server;

    load_run_once(&(struct fault_server_options){.fault = FAULT_CLOSE_SAID}, &(struct loader_options){.threads = 1},
                  &(struct planned_step){.rate = 3000, .measure_ns = 1500 * MS}, &record, &server);
    assert_int_equal(record.tally.offered, 4500);
    assert_true(server.connections > 4096);
    assert_int_equal(server.sources, 2);
    load_record_release(&record);
    fault_record_release(&server);
}

static atomic_uint seen_threads; /* one bit each */

static void see_thread(void *context, unsigned thread)
{
    atomic_fetch_add((atomic_uint *)context, 1u << (4 * thread));
}

TEST(each_thread_is_shown_once_to_whoever_pins_it)
{
    struct load_run run;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE},
                   &(struct loader_options){.threads = 3, .on_thread = see_thread, .context = &seen_threads}, NULL);
    for (int i = 0; i < 2; i++) {
        struct load_record record;
        load_run_step(&run, &(struct planned_step){.rate = 100, .measure_ns = 50 * MS}, &record);
        load_record_release(&record);
    }
    load_run_end(&run, NULL);
    assert_int_equal(atomic_load(&seen_threads), 0x111);
}

TEST(ipv6_is_spoken)
{
    const struct fault_server_options options = {.fault = FAULT_NONE, .ipv6 = true};
    struct fault_server *probe = fault_server_start(&options);
    struct load_record record;

    if (probe == NULL) {
        skip();
    }
    fault_server_stop(probe, NULL);
    load_run_once(&options, &(struct loader_options){0}, &(struct planned_step){.rate = 100, .measure_ns = 100 * MS},
                  &record, NULL);
    assert_int_equal(record.tally.good, 10);
    load_record_release(&record);
}

TEST(an_address_that_is_none_is_refused)
{
    static const char *const hosts[] = {"localhost", "", "127.0.0", "1.2.3.4.5", "::g"};
    struct traffic traffic;

    traffic_init_get(&traffic, "/");
    for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++) {
        struct loader *loader = NULL;
        struct error err = {0};
        assert_int_equal(
            loader_new(&loader,
                       &(struct loader_options){.traffic = &traffic, .host = hosts[i], .port = 1, .threads = 1}, &err),
            -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_null(loader);
    }
    loader_free(NULL);
    traffic_release(&traffic);
}

/* With a limit that leaves room for some of the threads, for one, for none: an error, and nothing stays behind. */
TEST(without_descriptors_there_is_an_error_and_no_loader)
{
    struct rlimit limit, tight;
    struct traffic traffic;
    unsigned failed = 0;

    traffic_init_get(&traffic, "/");
    getrlimit(RLIMIT_NOFILE, &limit);
    int next = dup(0);
    close(next);
    for (rlim_t more = 0; more <= 12; more++) {
        struct loader *loader = NULL;
        struct error err = {0};
        tight = (struct rlimit){.rlim_cur = (rlim_t)next + more, .rlim_max = limit.rlim_max};
        assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
        int result =
            loader_new(&loader,
                       &(struct loader_options){.traffic = &traffic, .host = "127.0.0.1", .port = 1, .threads = 2},
                       &err);
        setrlimit(RLIMIT_NOFILE, &limit);
        assert_true(result == 0 ? loader != NULL : loader == NULL && err.kind == ERROR_FAILED);
        failed += result != 0;
        loader_free(loader);
    }
    assert_true(failed > 0);
    traffic_release(&traffic);
}
