#include "stats/least_squares.h"

#include "test.h"

TEST(points_on_a_line_give_that_line)
{
    static const double x[] = {1, 2, 4, 9}, y[] = {5, 7, 11, 21};
    struct fitted_line line;

    least_squares_fit(x, y, 4, &line);
    assert_float_equal(line.slope, 2, 1e-12);
    assert_float_equal(line.x_mean, 4, 1e-12);
    assert_float_equal(line.y_mean, 11, 1e-12);
    assert_float_equal(least_squares_residual(&line, 100, 204), 1, 1e-9);
}

/* Anscombe's first quartet ("Graphs in Statistical Analysis", The American Statistician 27 (1973), 17-21): y = 3.00 +
 * 0.500 x, and the sum of squares of x - 9 is 110. */
TEST(a_published_example_has_its_published_line)
{
    static const double x[] = {10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5};
    static const double y[] = {8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68};
    struct fitted_line line;

    least_squares_fit(x, y, 11, &line);
    assert_float_equal(line.slope, 0.500, 0.0005);
    assert_float_equal(line.y_mean - line.slope * line.x_mean, 3.00, 0.005);
    assert_float_equal(line.x_squares, 110, 1e-9);
}

TEST(without_x_the_points_stand_one_apart_from_0_on)
{
    static const double x[] = {0, 1, 2, 3}, y[] = {3, 1, 4, 1};
    struct fitted_line given, counted;

    least_squares_fit(x, y, 4, &given);
    least_squares_fit(NULL, y, 4, &counted);
    assert_float_equal(given.slope, counted.slope, 0);
    assert_float_equal(given.y_mean, counted.y_mean, 0);
    assert_float_equal(given.x_mean, counted.x_mean, 0);
}

TEST(points_above_each_other_and_no_points_have_no_slope)
{
    static const double x[] = {7, 7}, y[] = {1, 2};
    struct fitted_line line;

    least_squares_fit(x, y, 2, &line);
    assert_float_equal(line.slope, 0, 0);
    assert_float_equal(line.x_squares, 0, 0);
    assert_float_equal(line.y_mean, 1.5, 0);
    least_squares_fit(x, y, 0, &line);
    assert_float_equal(line.slope, 0, 0);
    assert_float_equal(line.y_mean, 0, 0);
}

/* By hand: the weighted means are 2 and 3.25, the weighted sum of squares 2, that of the products 1. */
TEST(a_point_counts_as_much_as_its_weight)
{
    static const double x[] = {1, 2, 3}, y[] = {3, 3, 4}, weights[] = {1, 2, 1};
    static const double repeated_x[] = {1, 2, 2, 3}, repeated_y[] = {3, 3, 3, 4};
    struct fitted_line weighted, repeated;

    least_squares_fit_weighted(x, y, weights, 3, &weighted);
    assert_float_equal(weighted.slope, 0.5, 1e-12);
    assert_float_equal(weighted.x_mean, 2, 1e-12);
    assert_float_equal(weighted.y_mean, 3.25, 1e-12);
    assert_float_equal(weighted.x_squares, 2, 1e-12);
    least_squares_fit(repeated_x, repeated_y, 4, &repeated);
    assert_float_equal(weighted.slope, repeated.slope, 1e-12);
}
