#include "base/clocks/clock_offset.h"

#include "test.h"

TEST(the_quickest_answer_counts)
{
    struct clock_offset offset = {0};

    clock_offset_take(&offset, 1000, 501500, 2000); /* 500 us ahead, within 500 ns */
    assert_true(offset.known);
    assert_int_equal(offset.ahead_ns, 500000);
    assert_int_equal(offset.error_ns, 500);
    clock_offset_take(&offset, 3000, 999999, 13000); /* slower */
    assert_int_equal(offset.ahead_ns, 500000);
    clock_offset_take(&offset, 20000, 520150, 20100); /* quicker */
    assert_int_equal(offset.ahead_ns, 500100);
    assert_int_equal(offset.error_ns, 50);
}

TEST(moments_are_put_on_this_clock_whichever_is_ahead)
{
    struct clock_offset ahead = {0}, behind = {0};

    clock_offset_take(&ahead, 1000, 901000, 1000);
    assert_int_equal(clock_offset_here(&ahead, 901500), 1500);
    assert_int_equal(clock_offset_here(&ahead, 1), 0); /* before this clock began */
    clock_offset_take(&behind, 901000, 1000, 901000);
    assert_int_equal(clock_offset_here(&behind, 1500), 901500);
}

TEST(clocks_drift_so_a_new_answer_that_is_as_good_counts_after_a_while)
{
    struct clock_offset offset = {0};
    const uint64_t minute_ns = UINT64_C(60000000000);

    clock_offset_take(&offset, 0, 100, 100);
    clock_offset_take(&offset, minute_ns, minute_ns + 3000300, minute_ns + 1000);
    assert_int_equal(offset.ahead_ns, 2999800);
    assert_int_equal(offset.measured_ns, minute_ns + 1000);
}
