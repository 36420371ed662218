/* Comparisons by blocks of trials: the exact interval; the same service measured twice does not differ, and ten percent
 * more CPU does. */
#include "stats/signed_rank.h"

#include "base/random.h"
#include "test.h"

#include <math.h>

#define RUNS   2000
#define BLOCKS 6

static void check_paired(const double *differences, size_t count, const struct signed_rank *expected)
{
    struct signed_rank signed_rank;

    signed_rank_find(differences, count, &signed_rank);
    assert_int_equal(signed_rank.blocks, count);
    assert_float_equal(signed_rank.estimate, expected->estimate, 1e-12);
    assert_float_equal(signed_rank.low, expected->low, 1e-12);
    assert_float_equal(signed_rank.high, expected->high, 1e-12);
    assert_float_equal(signed_rank.confidence, expected->confidence, 1e-12);
}

TEST(the_interval_is_the_exact_one_of_the_signed_ranks)
{
    const double six[] = {1, 2, 3, 4, 5, 9}, eight[] = {-4, 1, 2, 3, 4, 5, 6, 7};

    /* Of 64 signs, one makes the smallest sum and one the largest. */
    check_paired(six, 6, &(struct signed_rank){.estimate = 3.5, .low = 1, .high = 9, .confidence = 1 - 2.0 / 64});
    /* Sums 0, 1, 2, 3 in 5 of 256 ways: three averages are left out at each end. */
    check_paired(eight, 8,
                 &(struct signed_rank){.estimate = 3.5, .low = -0.5, .high = 6, .confidence = 1 - 2 * 5.0 / 256});
}

TEST(few_blocks_have_an_interval_that_claims_less_and_one_has_none)
{
    const double three[] = {3, 4, 5}, one[] = {7};
    struct signed_rank signed_rank;

    check_paired(three, 3, &(struct signed_rank){.estimate = 4, .low = 3, .high = 5, .confidence = 0.75});
    check_paired(one, 1, &(struct signed_rank){.estimate = 7, .low = 7, .high = 7, .confidence = 0});
    signed_rank_find(three, 3, &signed_rank);
    assert_false(signed_rank_differs(&signed_rank));
}

TEST(five_blocks_do_not_reach_what_six_do)
{
    const double all[] = {1, 1.1, 1.2, 1.3, 1.4, 1.5};
    struct signed_rank signed_rank;

    signed_rank_find(all, 5, &signed_rank);
    assert_false(signed_rank_differs(&signed_rank));
    signed_rank_find(all, 6, &signed_rank);
    assert_true(signed_rank_differs(&signed_rank));
}

TEST(many_blocks_are_no_trouble)
{
    double all[100];
    struct signed_rank signed_rank;

    for (size_t i = 0; i < 100; i++) {
        all[i] = (double)i - 40;
    }
    for (size_t count = 1; count <= 100; count++) {
        signed_rank_find(all, count, &signed_rank);
        assert_true(signed_rank.low <= signed_rank.estimate && signed_rank.estimate <= signed_rank.high);
    }
    assert_true(signed_rank_differs(&signed_rank));
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
    struct signed_rank signed_rank;
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
        signed_rank_find(differences, BLOCKS, &signed_rank);
        count += signed_rank_differs(&signed_rank);
    }
    return count;
}

TEST(the_same_service_twice_is_not_told_apart_in_95_runs_of_100)
{
    for (int percent = 1; percent <= 9; percent += 2) {
        int count = seen(1, percent / 100.0, 100 + (uint64_t)percent);
        print_message("A/A, trials differ by %d %%: told apart in %d of %d\n", percent, count, RUNS);
        assert_true(count <= RUNS * 5 / 100);
    }
}

TEST(ten_percent_more_cpu_is_seen)
{
    int calm = seen(1.1, 0.02, 7), usual = seen(1.1, 0.03, 8);

    print_message("A/B, +10 %%: seen in %d (trials differ by 2 %%) and %d (3 %%) of %d\n", calm, usual, RUNS);
    assert_true(calm > RUNS * 99 / 100);
    assert_true(usual > RUNS * 85 / 100);
}
