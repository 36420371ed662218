/* Comparisons by blocks of trials: the test and its interval; the same service measured twice does not differ, and ten
 * percent more CPU does. */
#include "stats/paired_t.h"

#include "base/random.h"
#include "stats/student_t.h"
#include "test.h"

#include <math.h>

#define RUNS   2000
#define BLOCKS 6

static struct paired_t found(const double *differences, size_t count, double grain)
{
    struct paired_t paired_t;

    paired_t_find(differences, count, grain, &paired_t);
    assert_int_equal(paired_t.blocks, count);
    return paired_t;
}

/* Student's own example: the hours of sleep that ten patients gained by one drug more than by another. */
TEST(the_gain_of_sleep_is_the_one_that_student_found)
{
    const double gains[] = {1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4};
    struct paired_t sleep = found(gains, 10, 0);

    assert_float_equal(sleep.estimate, 1.58, 1e-12);
    assert_float_equal(sleep.spread, 1.229995, 1e-6);
    assert_float_equal(sleep.p, 0.002833, 1e-6);
    assert_float_equal(sleep.low, 0.700114, 1e-3);
    assert_float_equal(sleep.high, 2.459886, 1e-3);
}

TEST(one_block_says_how_far_and_nothing_of_chance)
{
    struct paired_t one = found((const double[]){7}, 1, 0.1);

    assert_false(one.bounded);
    assert_true(one.estimate == 7 && one.low == 7 && one.high == 7 && one.p == 1);
    assert_int_equal(paired_t_blocks(&one, 0.05), 0);
}

TEST(blocks_that_agree_by_their_grain_alone_have_the_spread_of_the_grain)
{
    const double twice[] = {log(2), log(2), log(2)};
    struct paired_t grained = found(twice, 3, 0.3), fine = found(twice, 3, 0);

    assert_float_equal(grained.spread, 0.3, 1e-12);
    assert_float_equal(grained.p, student_t_both_tails(log(2) / (0.3 / sqrt(3)), 2), 1e-12);
    assert_true(fine.p < 1e-9);
    assert_true(found((const double[]){0, 0, 0}, 3, 0).p == 1);
}

TEST(the_blocks_that_could_show_it_do_where_estimate_and_spread_stay)
{
    const double three[] = {0.05, 0.1, 0.15}, none[] = {-0.1, 0.1};
    struct paired_t few = found(three, 3, 0);
    size_t needed = paired_t_blocks(&few, 0.01);

    assert_true(few.p > 0.01);
    assert_true(needed > 3);
    assert_true(student_t_both_tails(0.1 / (0.05 / sqrt((double)needed)), (double)needed - 1) <= 0.01);
    assert_true(student_t_both_tails(0.1 / (0.05 / sqrt((double)needed - 1)), (double)needed - 2) > 0.01);
    struct paired_t nothing = found(none, 2, 0);
    assert_int_equal(paired_t_blocks(&nothing, 0.05), 0);
}

static double normal(struct random *random)
{
    return sqrt(-2 * log(random_unit(random))) * cos(6.283185307179586 * random_unit(random));
}

/* The number of RUNS runs that find a difference between a service and one that takes `ratio` times as much CPU per
 * request. Trials differ by `spread` from each other, and blocks by twice that. */
static int seen(double ratio, double spread, uint64_t seed)
{
    struct random random;
    double differences[BLOCKS];
    int count = 0;

    random_init(&random, seed, 0);
    for (int run = 0; run < RUNS; run++) {
        for (size_t i = 0; i < BLOCKS; i++) {
            double block = 2 * spread * normal(&random);
            double first = log(20 * ratio) + block + spread * normal(&random);
            double second = log(20) + block + spread * normal(&random);
            differences[i] = first - second;
        }
        struct paired_t paired_t = found(differences, BLOCKS, 0);
        assert_true((paired_t.p <= 0.05) == (paired_t.low > 0 || paired_t.high < 0) || fabs(paired_t.p - 0.05) < 1e-3);
        count += paired_t.p <= 0.05;
    }
    return count;
}

/* 5 % expected, with a standard deviation of 0.5 %. */
TEST(the_same_service_twice_is_told_apart_as_often_as_the_test_says)
{
    for (int percent = 1; percent <= 9; percent += 2) {
        int count = seen(1, percent / 100.0, 100 + (uint64_t)percent);
        print_message("A/A, trials differ by %d %%: told apart in %d of %d\n", percent, count, RUNS);
        assert_in_range(count, RUNS * 35 / 1000, RUNS * 65 / 1000);
    }
}

TEST(ten_percent_more_cpu_is_seen)
{
    int calm = seen(1.1, 0.02, 7), usual = seen(1.1, 0.03, 8);

    print_message("A/B, +10 %%: seen in %d (trials differ by 2 %%) and %d (3 %%) of %d\n", calm, usual, RUNS);
    assert_true(calm > RUNS * 99 / 100);
    assert_true(usual > RUNS * 95 / 100);
}
