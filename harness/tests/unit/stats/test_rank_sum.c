#include "stats/rank_sum.h"

#include "base/random.h"
#include "test.h"

#include <math.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Hollander and Wolfe's permeability of membranes, for which wilcox.test of R gives the interval -0.15 to 0.76.
 * The confidence was computed by counting all 3,003 orders. */
static const double later[] = {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46};
static const double earlier[] = {1.15, 0.88, 0.90, 0.74, 1.21};

TEST(estimate_and_interval_are_those_of_the_literature)
{
    struct rank_sum shift;

    rank_sum_find(earlier, COUNT(earlier), later, COUNT(later), &shift);
    assert_float_equal(shift.estimate, 0.305, 1e-9);
    assert_float_equal(shift.low, -0.15, 1e-9);
    assert_float_equal(shift.high, 0.76, 1e-9);
    assert_float_equal(shift.confidence, 0.96003996, 1e-8);
}

TEST(turning_the_groups_turns_the_sign)
{
    struct rank_sum there, back;

    rank_sum_find(earlier, COUNT(earlier), later, COUNT(later), &there);
    rank_sum_find(later, COUNT(later), earlier, COUNT(earlier), &back);
    assert_float_equal(there.estimate, -back.estimate, 1e-12);
    assert_float_equal(there.low, -back.high, 1e-12);
    assert_float_equal(there.high, -back.low, 1e-12);
    assert_float_equal(there.confidence, back.confidence, 1e-12);
}

TEST(an_interval_says_how_sure_so_few_figures_make_it)
{
    static const struct {
        size_t n, m;
        double confidence;
    } cases[] = {{1, 1, 0},          {2, 2, 0.66666667}, {3, 3, 0.9},        {3, 4, 0.94285714},
                 {3, 5, 0.96428571}, {4, 4, 0.97142857}, {6, 6, 0.95887446}, {2, 8, 0.95555556}};
    double figures[8];

    for (size_t i = 0; i < COUNT(figures); i++) {
        figures[i] = (double)i;
    }
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct rank_sum shift;
        rank_sum_find(figures, cases[i].n, figures, cases[i].m, &shift);
        assert_float_equal(shift.confidence, cases[i].confidence, 1e-7);
        assert_true(shift.low <= shift.estimate && shift.estimate <= shift.high);
    }
}

TEST(one_figure_on_each_side_has_no_interval)
{
    const double three = 3, five = 5;
    struct rank_sum shift;

    rank_sum_find(&three, 1, &five, 1, &shift);
    assert_float_equal(shift.estimate, 2, 0);
    assert_float_equal(shift.low, 2, 0);
    assert_float_equal(shift.high, 2, 0);
}

TEST(equal_figures_are_no_shift_even_where_they_are_infinite)
{
    const double none[] = {-INFINITY, -INFINITY}, some[] = {1, 2};
    struct rank_sum shift;

    rank_sum_find(none, 2, none, 2, &shift);
    assert_true(shift.estimate == 0 && shift.low == 0 && shift.high == 0);
    rank_sum_find(some, 2, none, 2, &shift);
    assert_true(isinf(shift.estimate) && shift.estimate < 0 && isinf(shift.high));
}

/* The sum of twelve uniform numbers is nearly normal. */
static double normal(struct random *random)
{
    double sum = -6;
    for (int i = 0; i < 12; i++) {
        sum += random_unit(random);
    }
    return sum;
}

/* The share of 4,000 experiments with n trials on each side, spread by 3 %, that claim a difference. */
static double claimed(size_t n, double true_shift)
{
    struct random random;
    int seen = 0;

    random_init(&random, 42, 0);
    for (int i = 0; i < 4000; i++) {
        double a[80], b[80];
        struct rank_sum shift;
        for (size_t k = 0; k < n; k++) {
            a[k] = 0.03 * normal(&random);
            b[k] = 0.03 * normal(&random) + true_shift;
        }
        rank_sum_find(a, n, b, n, &shift);
        seen += shift.low > 0 || shift.high < 0;
    }
    return seen / 4000.0;
}

TEST(the_same_service_twice_is_told_apart_in_fewer_than_one_of_twenty)
{
    assert_true(claimed(4, 0) < 0.035); /* 1 - 0.971, and the spread of 4,000 experiments */
    assert_true(claimed(6, 0) < 0.05);
    assert_true(claimed(70, 0) < 0.06); /* by the normal approximation */
    assert_true(claimed(70, 0) > 0.03);
}

TEST(ten_percent_more_is_seen_with_six_trials)
{
    assert_true(claimed(6, log(1.1)) > 0.95);
}
