#include "plan/step.h"

#include "test.h"

TEST(shares_add_up_to_the_whole_and_differ_by_at_most_one)
{
    for (uint64_t amount = 0; amount < 40; amount++) {
        for (unsigned threads = 1; threads <= 9; threads++) {
            uint64_t sum = 0;
            for (unsigned thread = 0; thread < threads; thread++) {
                uint64_t share = step_share(amount, thread, threads);
                assert_in_range(share, amount / threads, amount / threads + 1);
                sum += share;
            }
            assert_int_equal(sum, amount);
        }
    }
}

TEST(what_does_not_divide_goes_to_the_first_threads)
{
    assert_int_equal(step_share(11, 0, 4), 3);
    assert_int_equal(step_share(11, 2, 4), 3);
    assert_int_equal(step_share(11, 3, 4), 2);
    assert_int_equal(step_share(UINT64_MAX, 0, 2), UINT64_MAX / 2 + 1);
}
