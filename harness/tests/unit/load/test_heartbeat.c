#include "load/heartbeat.h"

#include "base/clock.h"
#include "test.h"

#define MS CLOCK_MILLISECOND_NS

/* The moments are made up; the thread itself works for far less than a millisecond meanwhile. */
TEST(a_thread_that_looks_in_time_has_not_stood_still)
{
    struct heartbeat heartbeat;

    heartbeat_begin(&heartbeat, 1000 * MS, -1);
    for (uint64_t now_ns = 1000 * MS; now_ns < 3000 * MS; now_ns += 5 * MS) {
        heartbeat_look(&heartbeat, now_ns);
    }
    assert_int_equal(heartbeat.stood_ns, 0);
}

TEST(a_thread_that_was_stopped_has_stood_still_for_that_long)
{
    struct heartbeat heartbeat;

    heartbeat_begin(&heartbeat, 1000 * MS, -1);
    uint64_t due_ns = heartbeat.due_ns;
    heartbeat_look(&heartbeat, due_ns + 700 * MS);
    assert_in_range(heartbeat.stood_ns, 690 * MS, 700 * MS);
    heartbeat_look(&heartbeat, due_ns + 705 * MS);
    heartbeat_look(&heartbeat, due_ns + 725 * MS);
    assert_in_range(heartbeat.stood_ns, 690 * MS, 700 * MS);
}

TEST(a_thread_that_worked_has_not_stood_still)
{
    struct heartbeat heartbeat;

    heartbeat_begin(&heartbeat, 1000 * MS, -1);
    uint64_t until_ns = clock_thread_cpu_ns() + 60 * MS;
    while (clock_thread_cpu_ns() < until_ns) {
    }
    heartbeat_look(&heartbeat, heartbeat.due_ns + 50 * MS);
    assert_int_equal(heartbeat.stood_ns, 0);
}
