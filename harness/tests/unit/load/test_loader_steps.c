#include "load/loader.h"

#include "load_run.h"
#include "test.h"

TEST(connections_are_kept_from_step_to_step)
{
    const struct planned_step step = {.rate = 200, .warmup_ns = 50 * MS, .measure_ns = 150 * MS};
    struct load_run run;
    struct load_record record;
    struct fault_record server;
    unsigned opened_none = 0;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE}, &(struct loader_options){.threads = 2},
                   NULL);
    for (int i = 0; i < 4; i++) {
        load_run_step(&run, &step, &record);
        assert_int_equal(record.tally.good, 30);
        opened_none += record.connections_opened == 0;
        load_record_release(&record);
    }
    load_run_end(&run, &server);
    assert_true(opened_none > 0); /* a slow machine may need one more in some step, not in all */
    assert_int_equal(server.requests, 160);
    fault_record_release(&server);
}

static size_t arrivals_between(const struct fault_record *server, uint64_t from_ns, uint64_t to_ns)
{
    size_t count = 0;
    for (size_t i = 0; i < server->requests; i++) {
        count += server->arrivals[i] >= from_ns && server->arrivals[i] < to_ns;
    }
    return count;
}

/* The connections of the step before are there already: nothing has to be opened, and the warm-up is load too. */
TEST(a_closed_load_flows_from_the_start_of_each_step)
{
    static const uint64_t connections[] = {8, 8, 3, 8}, opened[] = {8, 0, 0, 5};
    struct load_run run;
    struct load_record record;
    struct fault_record server;
    uint64_t starts_ns[4];

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = MS},
                   &(struct loader_options){.threads = 1}, NULL);
    for (int i = 0; i < 4; i++) {
        starts_ns[i] = clock_now_ns();
        load_run_step(
            &run, &(struct planned_step){.connections = connections[i], .warmup_ns = 300 * MS, .measure_ns = 100 * MS},
            &record);
        assert_int_equal(record.connections, connections[i]);
        assert_int_equal(record.connections_opened, opened[i]);
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
    load_run_end(&run, &server);
    for (int i = 0; i < 4; i++) {
        assert_true(arrivals_between(&server, starts_ns[i], starts_ns[i] + 290 * MS) > 10);
    }
    assert_int_equal(server.connections, 13);
    assert_int_equal(server.most_open, 8);
    fault_record_release(&server);
}

/* However few of them the load needs; those of a step with more are closed. */
TEST(open_load_keeps_as_many_connections_open_as_it_is_told)
{
    static const uint64_t connections[] = {40, 80, 10};
    static const uint64_t opened[] = {40, 40, 0};
    struct load_run run;
    struct load_record record;
    struct fault_record server;

    load_run_start(&run, &(struct fault_server_options){0}, &(struct loader_options){.threads = 1}, NULL);
    for (int i = 0; i < 3; i++) {
        load_run_step(&run,
                      &(struct planned_step){
                          .rate = 400, .connections = connections[i], .warmup_ns = 300 * MS, .measure_ns = 300 * MS},
                      &record);
        assert_int_equal(record.connections, connections[i]);
        assert_int_equal(record.connections_opened, opened[i]);
        assert_int_equal(record.tally.good, record.tally.offered);
        load_record_release(&record);
    }
    load_run_end(&run, &server);
    assert_int_equal(server.most_open, 80);
    fault_record_release(&server);
}

/* Measured from the start, and then again with the connections there. Returns what was missing at first. */
static uint64_t missing_at_first(void)
{
    struct load_run run;
    struct load_record record;
    struct fault_record server;
    uint64_t missing[2];

    load_run_start(&run, &(struct fault_server_options){0}, &(struct loader_options){.threads = 1}, NULL);
    for (int i = 0; i < 2; i++) {
        load_run_step(&run, &(struct planned_step){.rate = 400, .connections = 500, .measure_ns = 1500 * MS}, &record);
        assert_int_equal(record.connections, 500);
        missing[i] = record.connections_missing;
        load_record_release(&record);
    }
    load_run_end(&run, &server);
    fault_record_release(&server);
    assert_int_equal(missing[1], 0);
    return missing[0];
}

/* A generator that comes late to the measured part may have opened them all by then: not ten times in a row. */
TEST(connections_not_yet_open_when_the_measured_part_begins_are_counted)
{
    uint64_t missing = 0;

    for (int i = 0; i < 10 && missing == 0; i++) {
        missing = missing_at_first();
    }
    assert_in_range(missing, 1, 500);
}

/* Each response costs a connection, which is opened again: the service's doing. */
TEST(connections_that_the_service_closes_are_not_missing)
{
    struct load_run run;
    struct load_record record;
    struct fault_record server;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_CLOSE_SAID},
                   &(struct loader_options){.threads = 1}, NULL);
    load_run_step(&run, &(struct planned_step){.connections = 8, .warmup_ns = 300 * MS, .measure_ns = 100 * MS},
                  &record);
    assert_int_equal(record.connections_missing, 0);
    assert_true(record.connections_opened > 8);
    load_record_release(&record);
    load_run_end(&run, &server);
    fault_record_release(&server);
}

TEST(open_and_closed_steps_follow_each_other)
{
    const struct planned_step steps[] = {{.connections = 6, .measure_ns = 100 * MS},
                                         {.rate = 300, .measure_ns = 100 * MS},
                                         {.connections = 2, .measure_ns = 100 * MS},
                                         {.rate = 2, .measure_ns = 100 * MS}};
    struct load_run run;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_NONE}, &(struct loader_options){.threads = 3},
                   NULL);
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct load_record record;
        load_run_step(&run, &steps[i], &record);
        assert_int_equal(record.tally.good, record.tally.offered);
        assert_true(record.tally.good > 0);
        load_record_release(&record);
    }
    load_run_end(&run, NULL);
}

TEST(a_silent_service_does_not_spoil_the_next_step)
{
    struct load_run run;
    struct load_record record;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SILENT, .every = 7},
                   &(struct loader_options){.deadline_ns = 1500 * MS}, NULL);
    for (int i = 0; i < 2; i++) {
        load_run_step(&run, &(struct planned_step){.rate = 140, .measure_ns = 200 * MS, .drain_limit_ns = 50 * MS},
                      &record);
        assert_int_equal(record.tally.offered, 28);
        assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 4);
        assert_int_equal(record.tally.good, 24);
        assert_false(record.drained);
        load_record_release(&record);
    }
    load_run_end(&run, NULL);
}

TEST(connections_that_hang_since_the_warmup_time_count_in_a_closed_load)
{
    struct load_run run;
    struct load_record record;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SILENT, .every = 7},
                   &(struct loader_options){.deadline_ns = 100 * MS}, NULL);
    load_run_step(&run,
                  &(struct planned_step){
                      .connections = 4, .warmup_ns = 800 * MS, .measure_ns = 200 * MS, .drain_limit_ns = 50 * MS},
                  &record);
    assert_int_equal(record.tally.offered, 4);
    assert_int_equal(record.tally.failures[FAILURE_UNANSWERED], 4);
    assert_int_equal(record.censored, 4);
    assert_true(record.response.min >= 200 * MS);
    load_record_release(&record);
    load_run_end(&run, NULL);
}

TEST(a_step_can_be_stopped_and_says_how_long_it_was)
{
    const struct planned_step steps[] = {
        {.rate = 300, .arrivals = ARRIVALS_EVEN, .seed = 1, .measure_ns = 3600 * CLOCK_SECOND_NS, .interval_count = 4},
        {.connections = 4, .seed = 1, .warmup_ns = 50 * MS, .measure_ns = 3600 * CLOCK_SECOND_NS, .interval_count = 4},
        {.connections = 4, .seed = 1, .warmup_ns = 3600 * CLOCK_SECOND_NS, .measure_ns = 100 * MS, .interval_count = 4},
    };
    struct load_run run;
    struct load_record record;

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = MS},
                   &(struct loader_options){.threads = 2}, NULL);
    for (size_t i = 0; i < 3; i++) {
        loader_start(run.loader, &steps[i]);
        assert_false(loader_wait(run.loader, 200 * MS));
        loader_stop(run.loader);
        assert_true(loader_wait(run.loader, 20 * CLOCK_SECOND_NS));
        loader_finish(run.loader, &record);
        load_run_check(&record);
        assert_true(i == 2 ? record.measured_ns == 0 : record.measured_ns > 100 * MS);
        assert_true(record.measured_ns < 20 * CLOCK_SECOND_NS);
        assert_int_equal(record.tally.offered > 0, i < 2);
        load_record_release(&record);
    }
    /* The next step has its whole time. */
    load_run_step(&run, &(struct planned_step){.rate = 100, .measure_ns = 100 * MS}, &record);
    assert_int_equal(record.measured_ns, 100 * MS);
    assert_int_equal(record.tally.offered, 10);
    load_record_release(&record);
    load_run_end(&run, NULL);
}

TEST(a_running_step_can_be_watched)
{
    struct load_run run;
    struct load_record record;
    struct loader_live live, before = {0};

    load_run_start(&run, &(struct fault_server_options){.fault = FAULT_SLOW, .time_ns = MS},
                   &(struct loader_options){.threads = 2}, NULL);
    loader_start(run.loader,
                 &(struct planned_step){
                     .rate = 300, .arrivals = ARRIVALS_EVEN, .seed = 1, .measure_ns = 1000 * MS, .interval_count = 20});
    while (!loader_wait(run.loader, 5 * MS)) {
        loader_live(run.loader, &live);
        assert_true(live.offered >= before.offered && live.good >= before.good);
        before = live;
    }
    loader_finish(run.loader, &record);
    assert_true(before.offered > 0 && before.offered <= record.tally.offered);
    assert_true(before.good > 0 && before.good <= record.tally.good);
    assert_true(before.p99_ns >= MS);
    assert_true(before.connections >= 2);
    load_record_release(&record);
    load_run_end(&run, NULL);
}
