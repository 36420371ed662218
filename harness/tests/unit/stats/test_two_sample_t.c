#include "stats/two_sample_t.h"

#include "base/random.h"
#include "stats/student_t.h"
#include "test.h"

#include <math.h>

/* Both groups of Student's sleep data, taken as if they were different patients: t = -1.8608 with 18 degrees of
 * freedom, as every textbook has it. */
TEST(the_hours_of_sleep_of_two_groups_differ_as_in_the_textbooks)
{
    const double one[] = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
    const double two[] = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};
    struct two_sample_t sleep;

    two_sample_t_find(one, 10, two, 10, 0, &sleep);
    assert_float_equal(sleep.estimate, 1.58, 1e-12);
    assert_float_equal(sleep.p, 0.07919, 1e-5);
    assert_float_equal(sleep.low, -0.203874, 1e-3);
    assert_float_equal(sleep.high, 3.363874, 1e-3);
}

TEST(groups_that_agree_by_their_grain_alone_have_the_spread_of_the_grain)
{
    const double low[] = {0, 0}, high[] = {log(2), log(2)};
    struct two_sample_t grained, fine;

    two_sample_t_find(low, 2, high, 2, 0.2, &grained);
    two_sample_t_find(low, 2, high, 2, 0, &fine);
    assert_float_equal(grained.p, student_t_both_tails(log(2) / 0.2, 2), 1e-12);
    assert_true(grained.p > 0.05);
    assert_true(fine.p == 0);
    two_sample_t_find(low, 2, low, 2, 0, &fine);
    assert_true(fine.p == 1);
}

/* 5 % of 4,000, with a standard deviation of 0.34 %. */
TEST(equal_groups_are_told_apart_as_often_as_the_test_says)
{
    enum { RUNS = 4000 };

    for (size_t count = 2; count <= 5; count++) {
        struct random dice;
        unsigned wrong = 0;
        random_init(&dice, count, 3);
        for (unsigned run = 0; run < RUNS; run++) {
            double figures[10];
            struct two_sample_t found;
            for (size_t i = 0; i < 2 * count; i++) {
                figures[i] = sqrt(-2 * log(random_unit(&dice))) * cos(6.283185307179586 * random_unit(&dice));
            }
            two_sample_t_find(figures, count, figures + count, count, 0, &found);
            wrong += found.p <= 0.05;
        }
        assert_in_range(wrong, RUNS * 4 / 100, RUNS * 6 / 100);
    }
}
