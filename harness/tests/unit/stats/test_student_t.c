/* The tails of Student's t against closed forms, against the table that intervals use, and against random numbers. */
#include "stats/student_t.h"

#include "stats/t_quantile.h"
#include "test.h"

#include <math.h>

static const double pi = 3.14159265358979323846;

static void check(double t, double freedom, double expected)
{
    double p = student_t_both_tails(t, freedom);

    assert_true(fabs(p - expected) <= 1e-11 + 1e-9 * expected);
    assert_true(student_t_both_tails(-t, freedom) == p);
}

TEST(one_two_and_three_degrees_of_freedom_have_closed_forms)
{
    for (int i = 0; i < 40; i++) {
        double t = 0.01 * pow(1.3, i);
        double third = t / sqrt(3);
        check(t, 1, 2 / pi * atan(1 / t));
        check(t, 2, 2 / ((2 + t * t) * (1 + t / sqrt(2 + t * t))));
        check(t, 3, 2 / pi * (atan(1 / third) - third / (1 + third * third)));
    }
}

TEST(the_quantile_of_the_intervals_leaves_five_percent_outside)
{
    for (int i = 1; i <= 30; i++) {
        double freedom = i;
        assert_float_equal(student_t_both_tails(t_quantile(freedom), freedom), 0.05, 2e-4);
    }
    assert_float_equal(student_t_both_tails(1.959964, 1e7), 0.05, 1e-6); /* the normal distribution */
}

TEST(the_ends_are_one_and_nothing)
{
    assert_true(student_t_both_tails(0, 5) == 1);
    assert_true(student_t_both_tails(INFINITY, 5) == 0);
    assert_true(student_t_both_tails(1e9, 7) < 1e-40);
}
