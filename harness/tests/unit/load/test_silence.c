#include "load/recorder/silence.h"

#include "test.h"

#define MS UINT64_C(1000000)

enum { MEASURE = 1000, END = 2000 }; /* ms */

static void init(struct silence *silence)
{
    silence_init(silence, MEASURE * MS, END * MS);
}

/* A response each millisecond, with more in flight. */
static void respond(struct silence *silence, uint64_t from_ms, uint64_t to_ms)
{
    for (uint64_t ms = from_ms; ms < to_ms; ms++) {
        silence_end(silence, ms * MS, 1);
    }
}

static void check_one(struct silence *silence, uint64_t at_ms, uint64_t length_ms, uint64_t idle_ms)
{
    struct stall_list list;

    silence_take(silence, END * MS, &list);
    assert_int_equal(list.count, 1);
    assert_int_equal(list.stalls[0].at_ns, at_ms * MS);
    assert_int_equal(list.stalls[0].length_ns, length_ms * MS);
    assert_int_equal(list.stalls[0].idle_ns, idle_ms * MS);
    stall_list_release(&list);
}

TEST(the_time_without_a_response_is_a_silence)
{
    struct silence silence;

    init(&silence);
    respond(&silence, 900, 1300);
    respond(&silence, 1399, END);
    check_one(&silence, 299, 100, 0);
}

TEST(what_is_idle_is_told_from_what_waits)
{
    struct silence silence;

    init(&silence);
    respond(&silence, 900, 1300);
    silence_end(&silence, 1300 * MS, 0);
    silence_wait(&silence, 1360 * MS);
    respond(&silence, 1400, END);
    check_one(&silence, 360, 40, 60);
}

TEST(a_silence_counts_from_the_start_of_the_measured_time_to_its_end)
{
    struct silence silence;

    init(&silence);
    respond(&silence, 900, 950);
    respond(&silence, 1050, END);
    check_one(&silence, 0, 50, 0);
    init(&silence);
    respond(&silence, 900, 1900);
    silence_end(&silence, 2500 * MS, 1); /* in the time that is left to what is in flight */
    check_one(&silence, 899, 101, 0);
    init(&silence);
    respond(&silence, 900, 1900); /* and none at all */
    check_one(&silence, 899, 101, 0);
}

/* The thread was kept from its core: what was due then left late, before or after it read what had come. */
TEST(a_silence_that_the_thread_slept_through_is_its_own)
{
    struct silence silence;
    struct stall_list list;

    init(&silence);
    respond(&silence, 900, 1300);
    silence_end(&silence, 1400 * MS, 1);
    silence_excuse(&silence, 1301 * MS, 1400 * MS);
    respond(&silence, 1401, 1500);
    silence_excuse(&silence, 1500 * MS, 1600 * MS);
    respond(&silence, 1600, END);
    silence_take(&silence, END * MS, &list);
    assert_int_equal(list.count, 0);
    stall_list_release(&list);
    init(&silence);
    respond(&silence, 900, 1300);
    silence_excuse(&silence, 1350 * MS, 1365 * MS); /* too little to be the reason */
    silence_end(&silence, 1400 * MS, 1);
    silence_excuse(&silence, 1385 * MS, 1400 * MS);
    respond(&silence, 1401, END);
    check_one(&silence, 299, 101, 0);
}

TEST(the_longest_silences_are_kept)
{
    struct silence silence;
    struct stall_list list;
    uint64_t now_ms = MEASURE;

    silence_init(&silence, MEASURE * MS, 100000 * MS);
    silence_wait(&silence, 0);
    for (uint64_t i = 0; i < SILENCES_KEPT + 100; i++) {
        now_ms += 20 + i % 100;
        silence_end(&silence, now_ms * MS, 1);
    }
    silence_take(&silence, now_ms * MS, &list);
    assert_int_equal(list.count, SILENCES_KEPT);
    for (size_t i = 0; i < list.count; i++) {
        assert_true(list.stalls[i].length_ns >= 40 * MS);
        assert_true(i == 0 || list.stalls[i].at_ns >= list.stalls[i - 1].at_ns + list.stalls[i - 1].length_ns);
    }
    stall_list_release(&list);
}
