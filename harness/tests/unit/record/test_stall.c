#include "record/stall.h"

#include "base/list.h"
#include "test.h"

#define MS UINT64_C(1000000)

/* A silence from `from_ms` to `to_ms`, with requests in flight from `waiting_ms` on. */
static void add(struct stall_list *list, uint64_t from_ms, uint64_t waiting_ms, uint64_t to_ms)
{
    *list_add(list->stalls, list->count) = (struct stall){.at_ns = waiting_ms * MS,
                                                          .length_ns = (to_ms - waiting_ms) * MS,
                                                          .idle_ns = (waiting_ms - from_ms) * MS};
}

static void check_stall(const struct stall_list *list, size_t i, uint64_t at_ms, uint64_t length_ms)
{
    assert_true(i < list->count);
    assert_int_equal(list->stalls[i].at_ns, at_ms * MS);
    assert_int_equal(list->stalls[i].length_ns, length_ms * MS);
}

TEST(a_stall_is_one_of_all_threads)
{
    struct stall_list first = {0}, second = {0};

    add(&first, 100, 100, 300); /* meets two of the other, in part and wholly */
    add(&first, 500, 500, 600); /* the other thread got responses meanwhile */
    add(&second, 50, 50, 150);
    add(&second, 200, 200, 250);
    add(&second, 700, 700, 800);
    stall_list_meet(&first, &second);
    assert_int_equal(first.count, 2);
    check_stall(&first, 0, 100, 50);
    check_stall(&first, 1, 200, 50);
    stall_list_release(&first);
    stall_list_release(&second);
}

TEST(a_thread_that_has_nothing_in_flight_does_not_end_a_stall)
{
    struct stall_list first = {0}, second = {0}, third = {0};

    add(&first, 0, 60, 100);   /* idle, then waiting */
    add(&second, 0, 500, 500); /* idle all the time */
    add(&third, 10, 20, 90);
    stall_list_meet(&first, &second);
    assert_int_equal(first.count, 1);
    check_stall(&first, 0, 60, 40);
    stall_list_meet(&first, &third);
    assert_int_equal(first.count, 1);
    check_stall(&first, 0, 20, 70); /* the third waited already while the first was idle */
    stall_list_release(&first);
    stall_list_release(&second);
    stall_list_release(&third);
}

TEST(a_stall_is_much_longer_than_the_usual_gap_and_than_20_ms)
{
    struct stall_list list = {0};

    add(&list, 0, 0, 19);
    add(&list, 50, 50, 70);
    add(&list, 100, 100, 199);
    add(&list, 200, 220, 320);
    stall_list_settle(&list, 1000, 1000 * MS); /* a response a millisecond */
    assert_int_equal(list.count, 3);
    check_stall(&list, 0, 50, 20);
    assert_int_equal(list.stalls[2].idle_ns, 0);
    stall_list_settle(&list, 100, 1000 * MS);
    assert_int_equal(list.count, 1);
    check_stall(&list, 0, 220, 100);
    stall_list_settle(&list, 0, 1000 * MS);
    assert_int_equal(list.count, 0);
    stall_list_release(&list);
}

TEST(the_longest_stalls_are_kept_in_the_order_of_time)
{
    struct stall_list list = {0};

    for (uint64_t i = 0; i < 2 * STALLS_MOST; i++) {
        add(&list, 1000 * i, 1000 * i, 1000 * i + 30 + (i % 2) * 10);
    }
    stall_list_settle(&list, 1000000, 128000 * MS);
    assert_int_equal(list.count, STALLS_MOST);
    for (uint64_t i = 0; i < STALLS_MOST; i++) {
        check_stall(&list, i, 1000 * (2 * i + 1), 40);
    }
    stall_list_release(&list);
}
