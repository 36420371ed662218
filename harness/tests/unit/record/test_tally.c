#include "record/tally.h"

#include "test.h"

#include <string.h>

TEST(every_kind_of_failure_has_a_name_of_its_own)
{
    for (int i = 0; i < FAILURE_COUNT; i++) {
        const char *name = failure_name((enum failure)i);
        assert_non_null(name);
        assert_true(strlen(name) > 0);
        for (int j = 0; j < i; j++) {
            assert_string_not_equal(name, failure_name((enum failure)j));
        }
    }
}

TEST(the_names_are_those_of_the_run_log)
{
    assert_string_equal(failure_name(FAILURE_CONNECT), "connect");
    assert_string_equal(failure_name(FAILURE_RESET), "reset");
    assert_string_equal(failure_name(FAILURE_TIMEOUT), "timeout");
    assert_string_equal(failure_name(FAILURE_STATUS), "status");
    assert_string_equal(failure_name(FAILURE_BODY), "body");
    assert_string_equal(failure_name(FAILURE_PROTOCOL), "protocol");
    assert_string_equal(failure_name(FAILURE_UNANSWERED), "unanswered");
    assert_string_equal(failure_name(FAILURE_UNSENT), "unsent");
}

TEST(adding_adds_every_count)
{
    struct tally into = {.offered = 100, .sent = 90, .completed = 80, .good = 70};
    struct tally from = {.offered = 1, .sent = 2, .completed = 3, .good = 4};

    for (uint64_t i = 0; i < FAILURE_COUNT; i++) {
        into.failures[i] = 10 * i;
        from.failures[i] = i + 1;
    }
    tally_add(&into, &from);
    assert_int_equal(into.offered, 101);
    assert_int_equal(into.sent, 92);
    assert_int_equal(into.completed, 83);
    assert_int_equal(into.good, 74);
    for (int i = 0; i < FAILURE_COUNT; i++) {
        assert_int_equal(into.failures[i], 11 * i + 1);
        assert_int_equal(from.failures[i], i + 1);
    }
}

TEST(what_failed_is_the_sum_of_all_kinds)
{
    struct tally tally = {.offered = 1000, .good = 500};
    uint64_t sum = 0;

    assert_int_equal(tally_failed(&tally), 0);
    for (int i = 0; i < FAILURE_COUNT; i++) {
        tally.failures[i] = UINT64_C(1) << i;
        sum += UINT64_C(1) << i;
    }
    assert_int_equal(tally_failed(&tally), sum);
}

static void count(struct status_counts *counts, unsigned status, uint64_t count)
{
    status_counts_add(counts, &(struct status_count){status, count, 10 * count});
}

TEST(statuses_are_counted_apart_and_the_commonest_comes_first)
{
    struct status_counts counts = {0};

    count(&counts, 500, 2);
    count(&counts, 429, 1);
    count(&counts, 429, 3);
    status_counts_sort(&counts);
    assert_int_equal(counts.count, 2);
    assert_int_equal(counts.counts[0].status, 429);
    assert_int_equal(counts.counts[0].count, 4);
    assert_int_equal(counts.counts[0].time_ns, 40);
    assert_int_equal(counts.counts[1].status, 500);
}

TEST(more_statuses_than_have_room_are_counted_together)
{
    struct status_counts counts = {0};

    for (unsigned i = 0; i < 20; i++) {
        count(&counts, 400 + i, 1);
        count(&counts, 400, 1);
    }
    status_counts_sort(&counts);
    assert_int_equal(counts.count, STATUS_COUNTS_MOST);
    assert_int_equal(counts.counts[0].status, 400);
    assert_int_equal(counts.counts[0].count, 21);
    assert_int_equal(counts.counts[1].status, STATUS_OTHER);
    assert_int_equal(counts.counts[1].count, 13);
}
