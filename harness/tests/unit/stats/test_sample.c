#include "stats/sample.h"

#include "test.h"

#include <math.h>

TEST(sorting_puts_the_least_figure_first)
{
    double figures[] = {3, -INFINITY, 2, INFINITY, 2};

    sample_sort(figures, 5);
    assert_true(figures[0] == -INFINITY && figures[4] == INFINITY);
    assert_true(figures[1] == 2 && figures[2] == 2 && figures[3] == 3);
    sample_sort(NULL, 0);
}

TEST(the_median_of_an_even_number_of_figures_is_the_mean_of_the_middle_two)
{
    static const double figures[] = {1, 2, 5, 7};

    assert_float_equal(sample_median(figures, 4), 3.5, 0);
    assert_float_equal(sample_median(figures, 3), 2, 0);
    assert_float_equal(sample_median(figures, 1), 1, 0);
    assert_true(isnan(sample_median(NULL, 0)));
}

TEST(the_low_median_is_always_one_of_the_figures)
{
    static const double figures[] = {1, 2, 5, 7};

    assert_float_equal(sample_low_median(figures, 4), 2, 0);
    assert_float_equal(sample_low_median(figures, 3), 2, 0);
    assert_true(isnan(sample_low_median(NULL, 0)));
}

TEST(the_median_of_equal_infinite_figures_is_infinite)
{
    static const double figures[] = {-INFINITY, -INFINITY, INFINITY};

    assert_true(sample_median(figures, 2) == -INFINITY);
    assert_true(isnan(sample_median(figures + 1, 2)));
}

TEST(a_median_lies_between_figures_by_their_order)
{
    size_t low, high;

    assert_float_equal(sample_median_interval(1, 0.95, &low, &high), 0, 1e-12);
    assert_int_equal(high, 0);
    assert_float_equal(sample_median_interval(2, 0.95, &low, &high), 0.5, 1e-12);
    assert_float_equal(sample_median_interval(3, 0.95, &low, &high), 0.75, 1e-12);
    assert_int_equal(low, 0);
    assert_int_equal(high, 2);
    assert_float_equal(sample_median_interval(6, 0.95, &low, &high), 1 - 2.0 / 64, 1e-12);
    assert_int_equal(high, 5);
    /* Two figures at each end are outside in 1 + 9 of 512 ways. */
    assert_float_equal(sample_median_interval(9, 0.95, &low, &high), 1 - 2 * 10.0 / 512, 1e-12);
    assert_int_equal(low, 1);
    assert_int_equal(high, 7);
}
