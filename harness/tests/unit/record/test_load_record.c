#include "record/load_record.h"

#include "test.h"

/* The record of one thread, with figures made from `base`. */
static void make(struct load_record *record, uint64_t base)
{
    load_record_init(record, 2);
    record->started_ns = 1000;
    record->measured_ns = 2000;
    record->interval_ns = 1000;
    record->tally = (struct tally){.offered = base, .sent = base, .completed = base, .good = base};
    record->tally.failures[FAILURE_RESET] = base;
    histogram_record(&record->response, base);
    histogram_record(&record->service, base + 1);
    histogram_record(&record->send_lag, base + 2);
    record->censored = base;
    for (int i = 0; i < 2; i++) {
        record->intervals[i].tally.good = base + (uint64_t)i;
        histogram_record(&record->intervals[i].response, base + (uint64_t)i);
        record->intervals[i].in_flight = base + 10 * (uint64_t)i;
    }
    record->drain_ns = base;
    record->mean_in_flight = (double)base / 2;
    record->carried_in_flight = (double)base / 4;
    record->held_at_end = base;
    record->connections = record->connections_opened = record->connections_missing = record->cpu_ns = record->spin_ns =
        base;
    record->busiest_thread = (double)base / 100;
    record->starved_thread = (double)base / 200;
    record->stood_still = (double)base / 400;
    record->connections_denied = base;
    record->slow =
        (struct slow_tally){base, base, base, base, base, base, base, base, base, base, 10 * base, 20 * base};
    record->wall_stepped_ns = base;
    record->threads = 1;
}

TEST(a_new_record_is_empty_and_drained)
{
    struct load_record record;

    load_record_init(&record, 3);
    assert_int_equal(record.interval_count, 3);
    assert_true(record.drained);
    assert_int_equal(record.response.digits, 3);
    assert_int_equal(record.service.digits, 3);
    assert_int_equal(record.send_lag.digits, 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(record.intervals[i].response.digits, 2);
        assert_int_equal(record.intervals[i].response.total, 0);
    }
    load_record_release(&record);
    assert_int_equal(record.interval_count, 0);
}

TEST(requests_that_are_followed_add_up_by_interval)
{
    struct load_record sum, thread;

    load_record_init(&sum, 2);
    load_record_init_requests(&sum, 2);
    load_record_follow(&sum, 1);
    for (uint64_t i = 1; i <= 2; i++) {
        load_record_init(&thread, 2);
        load_record_init_requests(&thread, 2);
        load_record_follow(&thread, 1);
        thread.requests[1].intervals[1].tally.good = 10 * i;
        thread.requests[1].intervals[1].in_flight = i;
        histogram_record(&thread.requests[1].intervals[0].response, 100 * i);
        load_record_add(&sum, &thread);
        load_record_release(&thread);
    }
    assert_null(sum.requests[0].intervals);
    assert_int_equal(sum.requests[1].intervals[1].tally.good, 30);
    assert_int_equal(sum.requests[1].intervals[1].in_flight, 3);
    assert_int_equal(sum.requests[1].intervals[0].response.total, 2);
    assert_int_equal(sum.requests[1].intervals[0].response.max, 200);
    load_record_release(&sum);
}

TEST(threads_add_up)
{
    const struct slow_tally slow = {8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 30, 100};
    struct load_record sum, first, second;

    load_record_init(&sum, 2);
    make(&first, 5);
    make(&second, 3);
    second.drained = false;
    load_record_add(&sum, &first);
    load_record_add(&sum, &second);
    assert_int_equal(sum.started_ns, 1000);
    assert_int_equal(sum.measured_ns, 2000);
    assert_int_equal(sum.interval_ns, 1000);
    assert_int_equal(sum.tally.offered, 8);
    assert_int_equal(sum.tally.failures[FAILURE_RESET], 8);
    assert_int_equal(sum.censored, 8);
    assert_int_equal(sum.connections, 8);
    assert_int_equal(sum.connections_opened, 8);
    assert_int_equal(sum.connections_missing, 8);
    assert_int_equal(sum.connections_denied, 8);
    assert_memory_equal(&sum.slow, &slow, sizeof slow);
    assert_int_equal(slow_tally_ended(&sum.slow), 24);
    assert_int_equal(sum.cpu_ns, 8);
    assert_int_equal(sum.spin_ns, 8);
    assert_int_equal(sum.threads, 2);
    assert_true(sum.mean_in_flight == 4);
    assert_true(sum.carried_in_flight == 2);
    assert_int_equal(sum.held_at_end, 8);
    assert_int_equal(sum.response.total, 2);
    assert_int_equal(sum.response.min, 3);
    assert_int_equal(sum.response.max, 5);
    assert_int_equal(sum.service.max, 6);
    assert_int_equal(sum.send_lag.max, 7);
    assert_int_equal(sum.intervals[1].tally.good, 10);
    assert_int_equal(sum.intervals[1].response.total, 2);
    assert_int_equal(sum.intervals[1].in_flight, 28);
    load_record_release(&sum);
    load_record_release(&first);
    load_record_release(&second);
}

/* A thread whose slow connections all lasted has no shortest life to compare. */
TEST(a_life_of_slow_connections_is_that_of_threads_that_saw_one_end)
{
    const struct slow_tally none = {.wanted = 5, .open = 5, .opened = 5};
    const struct slow_tally some = {.wanted = 5, .opened = 7, .closed = 7, .life_least_ns = 300, .life_most_ns = 400};

    for (int first = 0; first <= 1; first++) {
        struct slow_tally sum = {0};
        slow_tally_add(&sum, first == 0 ? &none : &some);
        slow_tally_add(&sum, first == 0 ? &some : &none);
        assert_int_equal(sum.life_least_ns, 300);
        assert_int_equal(sum.life_most_ns, 400);
        assert_int_equal(sum.wanted, 10);
    }
}

TEST(the_slowest_and_the_busiest_thread_stand_for_all)
{
    struct load_record sum, first, second;

    load_record_init(&sum, 2);
    make(&first, 5);
    make(&second, 3);
    load_record_add(&sum, &first);
    load_record_add(&sum, &second);
    assert_int_equal(sum.drain_ns, 5);
    assert_int_equal(sum.wall_stepped_ns, 5);
    assert_true(sum.busiest_thread == 0.05);
    assert_true(sum.starved_thread == 0.025);
    assert_true(sum.stood_still == 0.0125);
    assert_true(sum.drained);
    second.drained = false;
    load_record_add(&sum, &second);
    load_record_add(&sum, &first);
    assert_false(sum.drained);
    load_record_release(&sum);
    load_record_release(&first);
    load_record_release(&second);
}

static struct load_record record_with_wrong(uint64_t at_ns, const char *body)
{
    const struct wrong_response wrong = {.request = "read", .at_ns = at_ns, .status = 404, .body = (char *)body};
    struct load_record record;

    load_record_init(&record, 1);
    if (body != NULL) {
        record.first_wrong = wrong_response_copy(&wrong);
    }
    return record;
}

TEST(the_first_wrong_response_of_all_threads_stands_for_them)
{
    struct load_record sum = record_with_wrong(0, NULL), none = record_with_wrong(0, NULL);
    struct load_record late = record_with_wrong(20, "late"), early = record_with_wrong(10, "early");

    load_record_add(&sum, &none);
    assert_null(sum.first_wrong);
    load_record_add(&sum, &late);
    assert_string_equal(sum.first_wrong->body, "late");
    load_record_add(&sum, &early);
    load_record_add(&sum, &late);
    load_record_add(&sum, &none);
    assert_string_equal(sum.first_wrong->body, "early");
    assert_int_equal(sum.first_wrong->status, 404);
    load_record_release(&sum);
    load_record_release(&none);
    load_record_release(&late);
    load_record_release(&early);
}
