#include "load/slow/slow_crowd.h"

#include "load_run.h"
#include "traffic_text.h"

#include <arpa/inet.h>
#include <sys/resource.h>
#include <unistd.h>

#define POSTS                                                                                                          \
    "{\"requests\":[{\"name\":\"get\",\"path\":\"/items/7\"},"                                                         \
    "{\"name\":\"post\",\"method\":\"POST\",\"path\":\"/items/8\",\"body\":\"0123456789\"}]}"

static const struct slow_pace byte_a_second = {.part = SLOW_HEAD, .bytes_per_s = 1};

/* Each that was opened is there or has ended in one way. */
static void check_ends(const struct slow_tally *slow)
{
    assert_int_equal(slow->opened, slow->open + slow_tally_ended(slow) + slow->answered);
    assert_true(slow->open <= slow->wanted);
    assert_true(slow->life_least_ns <= slow->life_most_ns);
    assert_int_equal(slow->life_most_ns > 0, slow_tally_ended(slow) > 0);
}

/* One step of 40 slow connections against a server of that kind, beside a load of 200/s. */
static void run_slow(enum fault fault, const struct slow_pace *pace, struct load_record *ret_record,
                     struct fault_record *ret_server)
{
    struct load_run run;

    load_run_start(&run, &(struct fault_server_options){.fault = fault, .time_ns = 200 * MS},
                   &(struct loader_options){.threads = 2, .deadline_ns = 500 * MS}, POSTS);
    load_run_step(&run,
                  &(struct planned_step){.rate = 200,
                                         .slow_connections = 40,
                                         .slow = *pace,
                                         .warmup_ns = 200 * MS,
                                         .measure_ns = 500 * MS},
                  ret_record);
    load_run_end(&run, ret_server);
    assert_int_equal(ret_record->slow.wanted, 40);
    assert_int_equal(ret_record->slow.denied, 0);
    check_ends(&ret_record->slow);
}

/* Beside the five that carry the load; of any number of threads; those of one step are closed before the next. */
TEST(the_service_sees_as_many_slow_connections_as_the_step_says)
{
    static const uint64_t slow[] = {37, 0, 11, 37};

    for (unsigned threads = 1; threads <= 3; threads++) {
        struct load_run run;
        struct load_record record;
        struct fault_record server;

        load_run_start(&run, &(struct fault_server_options){0}, &(struct loader_options){.threads = threads}, NULL);
        for (size_t i = 0; i < sizeof slow / sizeof slow[0]; i++) {
            load_run_step(&run,
                          &(struct planned_step){.rate = 200,
                                                 .connections = 5,
                                                 .slow_connections = slow[i],
                                                 .slow = byte_a_second,
                                                 .warmup_ns = 300 * MS,
                                                 .measure_ns = 200 * MS},
                          &record);
            assert_int_equal(record.slow.wanted, slow[i]);
            assert_int_equal(record.slow.open, slow[i]);
            assert_int_equal(record.slow.opened, slow[i]);
            assert_int_equal(record.slow.missing, 0);
            assert_int_equal(record.connections, 5);
            assert_int_equal(record.tally.good, record.tally.offered);
            load_record_release(&record);
        }
        load_run_end(&run, &server);
        assert_int_equal(server.most_open, 5 + 37);
        assert_int_equal(server.connections, 5 + 37 + 11 + 37);
        fault_record_release(&server);
    }
}

/* Three loaders of one fleet, of two threads, one and four: each has its part, and together they have all. */
TEST(slow_connections_are_dealt_out_over_the_loaders_of_a_fleet)
{
    static const unsigned threads[] = {2, 1, 4};
    uint64_t wanted = 0, open = 0, seen = 0;

    for (unsigned i = 0, first = 0; i < 3; first += threads[i++]) {
        struct load_run run;
        struct load_record record;
        struct fault_record server;

        load_run_start(&run, &(struct fault_server_options){0},
                       &(struct loader_options){.threads = threads[i], .first_thread = first, .all_threads = 7}, NULL);
        load_run_step(&run,
                      &(struct planned_step){.rate = 700,
                                             .connections = 7,
                                             .slow_connections = 38,
                                             .slow = byte_a_second,
                                             .warmup_ns = 300 * MS,
                                             .measure_ns = 200 * MS},
                      &record);
        assert_true(record.slow.wanted >= 5 * threads[i] && record.slow.wanted <= 6 * threads[i]);
        wanted += record.slow.wanted;
        open += record.slow.open;
        load_record_release(&record);
        load_run_end(&run, &server);
        seen += server.most_open;
        fault_record_release(&server);
    }
    assert_int_equal(wanted, 38);
    assert_int_equal(open, 38);
    assert_int_equal(seen, 7 + 38);
}

/* What carries the load is the same, byte for byte, with slow connections and without. */
TEST(slow_connections_do_not_change_the_load_beside_them)
{
    uint64_t digests[2], requests[2];

    for (int i = 0; i < 2; i++) {
        struct load_run run;
        struct load_record record;
        struct fault_record server;

        load_run_start(&run, &(struct fault_server_options){0}, &(struct loader_options){.threads = 2},
                       "{\"requests\":[{\"name\":\"get\",\"path\":\"/items/{id}\"}],"
                       "\"values\":{\"id\":{\"uniform\":[1,10000]}}}");
        load_run_step(&run,
                      &(struct planned_step){.rate = 1000,
                                             .slow_connections = i == 0 ? 0 : 60,
                                             .slow = byte_a_second,
                                             .warmup_ns = 100 * MS,
                                             .measure_ns = 300 * MS},
                      &record);
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
        load_run_end(&run, &server);
        digests[i] = server.digest;
        requests[i] = server.requests;
        fault_record_release(&server);
    }
    assert_int_equal(requests[0], requests[1]);
    assert_int_equal(digests[0], digests[1]);
}

TEST(slow_connections_that_the_service_closes_are_counted_and_opened_again)
{
    struct load_record record;
    struct fault_record server;

    run_slow(FAULT_IDLE_CLOSE, &byte_a_second, &record, &server);
    assert_true(record.slow.closed >= 40);
    assert_int_equal(record.slow.timed_out + record.slow.rejected + record.slow.answered + record.slow.refused, 0);
    load_record_release(&record);
    fault_record_release(&server);
}

TEST(a_408_is_told_from_a_connection_that_is_closed_without_a_word)
{
    struct load_record record;
    struct fault_record server;

    run_slow(FAULT_IMPATIENT, &byte_a_second, &record, &server);
    assert_true(record.slow.timed_out >= 40);
    assert_int_equal(record.slow.closed + record.slow.rejected + record.slow.answered + record.slow.refused, 0);
    load_record_release(&record);
    fault_record_release(&server);
}

TEST(another_response_before_the_request_is_whole_is_told_from_both)
{
    struct load_record record;
    struct fault_record server;

    run_slow(FAULT_EARLY, &byte_a_second, &record, &server);
    assert_true(record.slow.rejected >= 40);
    assert_int_equal(record.slow.closed + record.slow.timed_out + record.slow.answered + record.slow.refused, 0);
    load_record_release(&record);
    fault_record_release(&server);
}

/* Those that cannot be connected are tried again a second later, and not at once. */
TEST(a_service_that_refuses_slow_connections_is_not_stormed)
{
    struct load_record record;
    struct fault_record server;

    run_slow(FAULT_REFUSE, &byte_a_second, &record, &server);
    assert_in_range(record.slow.refused, 40, 2 * 40);
    assert_int_equal(record.slow.opened, 0);
    load_record_release(&record);
    fault_record_release(&server);
}

/* Fast enough here to become whole: each is the right request then, of which a server makes a response. Slow bodies are
 * those of the first request that has one, whose head goes at once. */
TEST(what_slow_connections_send_is_a_request)
{
    const struct slow_pace paces[] = {{.part = SLOW_HEAD, .bytes_per_s = 1000},
                                      {.part = SLOW_BODY, .bytes_per_s = 50, .request = 1}};

    for (size_t i = 0; i < sizeof paces / sizeof paces[0]; i++) {
        struct load_record record;
        struct fault_record server;
        uint64_t sent = 0;

        run_slow(FAULT_NONE, &paces[i], &record, &server);
        assert_true(record.slow.answered >= 40);
        assert_int_equal(slow_tally_ended(&record.slow), 0);
        for (size_t request = 0; request < record.request_count; request++) {
            sent += record.requests[request].sent;
        }
        assert_true(server.requests >= sent + record.slow.answered);
        load_record_release(&record);
        fault_record_release(&server);
    }
}

/* The want of descriptors is this machine's, and not the service's refusal. */
TEST(slow_connections_for_which_there_are_no_descriptors_are_denied)
{
    struct rlimit limit, tight;
    struct load_run run;
    struct load_record record;

    getrlimit(RLIMIT_NOFILE, &limit);
    load_run_start(&run, &(struct fault_server_options){0}, &(struct loader_options){0}, NULL);
    int next = dup(0);
    close(next);
    tight = (struct rlimit){.rlim_cur = (rlim_t)next + 6, .rlim_max = limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &tight), 0);
    load_run_step(&run,
                  &(struct planned_step){.rate = 100,
                                         .slow_connections = 40,
                                         .slow = byte_a_second,
                                         .warmup_ns = 200 * MS,
                                         .measure_ns = 200 * MS},
                  &record);
    setrlimit(RLIMIT_NOFILE, &limit);
    assert_true(record.slow.denied > 30);
    assert_int_equal(record.slow.refused, 0);
    assert_true(record.slow.open < 10);
    check_ends(&record.slow);
    load_record_release(&record);
    load_run_end(&run, NULL);
}

/* --- what one turn of a loop does ----------------------------------------------------------------------------------
 */

struct bench {
    struct traffic traffic;
    struct fault_server *server;
    struct sockaddr_storage address;
    uv_loop_t loop;
    struct planned_step step;
    struct slow_crowd *crowd;
};

static void bench_start(struct bench *bench, uint64_t connections)
{
    struct sockaddr_in *address = (struct sockaddr_in *)&bench->address;

    *bench = (struct bench){.step = {.slow_connections = connections, .slow = byte_a_second}};
    traffic_from_text(&bench->traffic, POSTS);
    bench->server = fault_server_start(&(struct fault_server_options){.fault = FAULT_NONE});
    *address = (struct sockaddr_in){.sin_family = AF_INET,
                                    .sin_port = htons(fault_server_port(bench->server)),
                                    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    uv_loop_init(&bench->loop);
    bench->crowd = slow_crowd_new(&(struct slow_crowd_options){.loop = &bench->loop,
                                                               .address = &bench->address,
                                                               .traffic = &bench->traffic,
                                                               .authority = "127.0.0.1",
                                                               .step = &bench->step,
                                                               .threads = 1,
                                                               .start_ns = 1});
}

static void bench_end(struct bench *bench)
{
    slow_crowd_free(bench->crowd);
    uv_run(&bench->loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&bench->loop), 0);
    fault_server_stop(bench->server, NULL);
    traffic_release(&bench->traffic);
}

/* All 500 are due at once: a request of the load waits for eight of them at most. */
TEST(a_turn_of_the_loop_does_a_bounded_number_of_things)
{
    struct bench bench;
    struct slow_tally tally;
    uint64_t acts = 0;

    bench_start(&bench, 500);
    for (unsigned now; (now = slow_crowd_due(bench.crowd, 1)) > 0; acts += now) {
        assert_true(now <= SLOW_ACTIONS_MOST);
        uv_run(&bench.loop, UV_RUN_NOWAIT);
    }
    assert_int_equal(acts, 500);
    slow_crowd_begin_measure(bench.crowd);
    slow_crowd_count(bench.crowd, &tally);
    assert_int_equal(tally.missing, 0);
    bench_end(&bench);
}

TEST(those_that_were_never_tried_when_measuring_begins_are_missing)
{
    struct bench bench;
    struct slow_tally tally;

    bench_start(&bench, 500);
    assert_int_equal(slow_crowd_due(bench.crowd, 1), SLOW_ACTIONS_MOST);
    slow_crowd_begin_measure(bench.crowd);
    slow_crowd_count(bench.crowd, &tally);
    assert_int_equal(tally.missing, 500 - SLOW_ACTIONS_MOST);
    bench_end(&bench);
}
