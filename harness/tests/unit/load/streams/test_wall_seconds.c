#include "load/streams/wall_seconds.h"

#include "base/clock.h"
#include "test.h"

#define SECOND ((int64_t)CLOCK_SECOND_NS)

TEST(a_second_is_due_when_the_wall_clock_reaches_it)
{
    struct wall_seconds seconds;

    wall_seconds_begin(&seconds, 1000 * SECOND + 300);
    assert_int_equal(wall_seconds_due_ns(&seconds, 1005), 5 * SECOND - 300);
    assert_int_equal(wall_seconds_due_ns(&seconds, 1000), 0); /* before the other clock began */
    assert_int_equal(wall_seconds_next(&seconds, 5 * SECOND - 300), 1005);
    assert_int_equal(wall_seconds_next(&seconds, 5 * SECOND - 299), 1006);
    assert_int_equal(wall_seconds_next(&seconds, 5 * SECOND - 301), 1005);
}

TEST(a_wall_clock_that_is_behind_the_other_has_seconds_as_well)
{
    struct wall_seconds seconds;

    wall_seconds_begin(&seconds, -10 * SECOND);
    assert_int_equal(wall_seconds_due_ns(&seconds, 5), 15 * SECOND);
    assert_int_equal(wall_seconds_next(&seconds, 15 * SECOND), 5);
}

TEST(how_far_it_was_set_is_the_most_that_was_seen_and_moves_nothing)
{
    struct wall_seconds seconds;

    wall_seconds_begin(&seconds, 1000 * SECOND);
    assert_int_equal(seconds.stepped_ns, 0);
    wall_seconds_look(&seconds, 1000 * SECOND - 700);
    wall_seconds_look(&seconds, 1000 * SECOND + 500);
    assert_int_equal(seconds.stepped_ns, 700);
    wall_seconds_look(&seconds, 1003 * SECOND);
    wall_seconds_look(&seconds, 1000 * SECOND);
    assert_int_equal(seconds.stepped_ns, 3 * SECOND);
    assert_int_equal(wall_seconds_due_ns(&seconds, 1005), 5 * SECOND);
    wall_seconds_begin(&seconds, 1003 * SECOND);
    assert_int_equal(seconds.stepped_ns, 0);
}

TEST(the_wall_clock_of_this_machine_stands_still_against_the_other)
{
    int64_t before_ns = clock_wall_ahead_ns(), after_ns = clock_wall_ahead_ns();

    assert_true(before_ns > 0);
    assert_true(after_ns - before_ns < SECOND && before_ns - after_ns < SECOND);
}
