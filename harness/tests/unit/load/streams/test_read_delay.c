#include "load/streams/read_delay.h"

#include "test.h"

#define MS 1000000

TEST(what_comes_while_the_thread_waits_is_read_at_once)
{
    struct read_delay delay = {0};

    read_delay_turn(&delay, 10 * MS, 10 * MS);
    assert_int_equal(read_delay_of(&delay, 50 * MS), 0);
}

/* Of what one poll gave, the last was there at most since the first. */
TEST(what_came_together_waits_for_its_turn)
{
    struct read_delay delay = {0};

    read_delay_turn(&delay, 10 * MS, 10 * MS);
    assert_int_equal(read_delay_of(&delay, 50 * MS), 0);
    assert_int_equal(read_delay_of(&delay, 53 * MS), 3 * MS);
    assert_int_equal(read_delay_of(&delay, 58 * MS), 8 * MS);
}

/* A poll that does not wait finds what came since the poll before. */
TEST(what_came_while_the_thread_read_others_counts_from_there)
{
    struct read_delay delay = {0};

    read_delay_turn(&delay, 10 * MS, 10 * MS);
    read_delay_of(&delay, 50 * MS);
    read_delay_of(&delay, 58 * MS);
    read_delay_turn(&delay, 59 * MS, 60 * MS);
    assert_int_equal(read_delay_of(&delay, 60 * MS), 10 * MS);
    assert_int_equal(read_delay_of(&delay, 62 * MS), 12 * MS);
    read_delay_turn(&delay, 63 * MS, 63 * MS);
    assert_int_equal(read_delay_of(&delay, 70 * MS), 0); /* it waited: nothing lay there */
}

/* The thread was busy with what comes due, and read nothing. */
TEST(what_came_while_the_thread_did_other_work_counts_from_its_beginning)
{
    struct read_delay delay = {0};

    read_delay_turn(&delay, 10 * MS, 10 * MS);
    read_delay_turn(&delay, 20 * MS, 27 * MS);
    assert_int_equal(read_delay_of(&delay, 27 * MS), 7 * MS);
}
