#include "stats/mann_kendall.h"

#include "test.h"

#include <math.h>

TEST(figures_that_only_rise_score_the_number_of_their_pairs)
{
    static const double rising[] = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    static const double falling[] = {10, 9, 8, 7, 6, 5, 4, 3, 2, 1};

    /* 45 pairs; the variance is 10 * 9 * 25 / 18 = 125. */
    assert_float_equal(mann_kendall_score(rising, 10), 45 / sqrt(125), 1e-12);
    assert_float_equal(mann_kendall_score(falling, 10), -45 / sqrt(125), 1e-12);
}

/* Of six pairs only 3 and 2 fall, so that the excess is 5 - 1. The variance is 4 * 3 * 13 / 18. */
TEST(falling_pairs_are_taken_off_the_rising_ones)
{
    static const double figures[] = {1, 3, 2, 4};

    assert_float_equal(mann_kendall_score(figures, 4), 4 / sqrt(156.0 / 18), 1e-12);
}

TEST(equal_figures_and_fewer_than_two_have_no_trend)
{
    static const double figures[] = {5, 5, 5};

    assert_float_equal(mann_kendall_score(figures, 3), 0, 0);
    assert_float_equal(mann_kendall_score(figures, 1), 0, 0);
    assert_float_equal(mann_kendall_score(NULL, 0), 0, 0);
}
