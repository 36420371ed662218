/* Shares of requests and their bounds, where neighbours share their fate. */
#include "stats/share.h"

#include "base/random.h"
#include "test.h"

#define BATCHES 20

static struct share_bounds bounds_of(const struct share_batch *batches, size_t count, double cluster)
{
    struct share share;
    struct share_bounds bounds;

    share_measure(batches, count, cluster, &share);
    share_bounds_find(&share, &bounds);
    return bounds;
}

static void fill(struct share_batch batches[BATCHES], uint64_t count, uint64_t of)
{
    for (size_t i = 0; i < BATCHES; i++) {
        batches[i] = (struct share_batch){count, of};
    }
}

TEST(nothing_seen_among_many_bounds_the_share_by_three_to_four_events)
{
    struct share_batch batches[BATCHES];

    fill(batches, 0, 250);
    struct share_bounds one = bounds_of(batches, BATCHES, 1), ten = bounds_of(batches, BATCHES, 10);
    assert_true(one.share == 0 && one.low == 0);
    assert_float_equal(one.high, 3.69 / 5000, 0.05 / 5000); /* the exact bound of a Poisson count of 0 is 3.689 */
    assert_float_equal(ten.high, 10 * one.high, 1e-12);
}

TEST(without_requests_nothing_is_known)
{
    struct share_bounds bounds = bounds_of(NULL, 0, 1);

    assert_true(bounds.share == 0 && bounds.low == 0 && bounds.high == 1);
}

TEST(what_is_spread_evenly_is_known_as_well_as_a_count)
{
    struct share_batch batches[BATCHES];

    fill(batches, 5, 250);
    struct share_bounds bounds = bounds_of(batches, BATCHES, 1);
    assert_float_equal(bounds.share, 0.02, 1e-12);
    assert_in_range((int)(bounds.low * 5000), 78, 84); /* 100 of a Poisson count: 81.4 to 121.6 */
    assert_in_range((int)(bounds.high * 5000), 119, 124);
}

TEST(a_single_burst_is_one_event_however_many_requests_it_holds)
{
    for (size_t at = 0; at < BATCHES; at++) {
        struct share_batch batches[BATCHES];
        fill(batches, 0, 250);
        batches[at].count = 200;
        struct share_bounds bounds = bounds_of(batches, BATCHES, 1);
        assert_float_equal(bounds.share, 0.04, 1e-12);
        assert_true(bounds.low < 0.01);
        assert_true(bounds.high > 0.1);
    }
}

TEST(the_same_seen_twice_is_known_better)
{
    struct share_batch batches[BATCHES];
    struct share first, both;
    struct share_bounds alone, together;

    fill(batches, 0, 250);
    batches[3].count = 100;
    share_measure(batches, BATCHES, 1, &first);
    both = first;
    share_add(&both, &first);
    share_bounds_find(&first, &alone);
    share_bounds_find(&both, &together);
    assert_float_equal(together.share, alone.share, 1e-12);
    assert_true(together.low > alone.low && together.high < alone.high);
}

TEST(few_batches_are_one_event)
{
    const struct share_batch batches[] = {{50, 1000}, {50, 1000}};
    struct share_bounds bounds = bounds_of(batches, 2, 1);

    assert_true(bounds.low < 0.003 && bounds.high > 0.2);
}

/* Late requests come one by one, or in bursts that hold the next batch as well: 95 of 100 intervals should hold the
 * true share of 2 %. Binomial intervals hold it in 95 and in about 20. */
static int covered_of(unsigned rounds, double burst, uint64_t seed)
{
    struct random random;
    int covered = 0;

    random_init(&random, seed, 0);
    for (unsigned round = 0; round < rounds; round++) {
        struct share_batch batches[BATCHES];
        double carried = 0;
        for (size_t i = 0; i < BATCHES; i++) {
            double late = carried / 2, chance = 0.02 * 250 / burst;
            carried = 0;
            for (int k = 0; k < 50; k++) {
                if (random_unit(&random) < chance / 50) {
                    late += burst / 2;
                    carried += burst;
                }
            }
            batches[i] = (struct share_batch){(uint64_t)(late + 0.5), 250};
        }
        struct share_bounds bounds = bounds_of(batches, BATCHES, 1);
        covered += bounds.low <= 0.02 && 0.02 <= bounds.high;
    }
    return covered;
}

TEST(the_bounds_hold_the_truth_where_late_requests_come_in_bursts)
{
    assert_in_range(covered_of(2000, 2, 7), 1840, 2000);
    assert_in_range(covered_of(2000, 20, 8), 1840, 2000);
}

/* One event, in which four fifths of a batch are late. */
static void measure_event(struct share *ret_share)
{
    struct share_batch batches[BATCHES];

    fill(batches, 0, 250);
    batches[7].count = 200;
    share_measure(batches, BATCHES, 1, ret_share);
}

TEST(a_pool_of_one_measurement_says_what_the_measurement_says)
{
    struct share_part part = {.weight = 7, .measurements = 1};
    struct share_bounds one, pooled;
    struct share pool;

    measure_event(&part.share);
    share_pool(&part, 1, &pool);
    share_bounds_find(&part.share, &one);
    share_bounds_find(&pool, &pooled);
    assert_float_equal(pooled.share, one.share, 1e-12);
    assert_float_equal(pooled.low, one.low, 0.1 * one.share);
    assert_float_equal(pooled.high, one.high, 0.1 * one.share);
}

TEST(a_pool_of_many_measurements_is_known_better_than_their_sum)
{
    struct share_part parts[9];
    struct share_bounds summed, pooled;
    struct share sum, pool;

    for (size_t i = 0; i < 9; i++) {
        parts[i] = (struct share_part){.weight = 1, .measurements = 1};
        measure_event(&parts[i].share);
    }
    sum = parts[0].share;
    for (size_t i = 1; i < 9; i++) {
        share_add(&sum, &parts[i].share);
    }
    share_pool(parts, 9, &pool);
    share_bounds_find(&sum, &summed);
    share_bounds_find(&pool, &pooled);
    assert_float_equal(pooled.share, summed.share, 1e-12);
    assert_true(summed.low < pooled.low && pooled.low < pooled.share);
    assert_true(pooled.share < pooled.high && pooled.high < summed.high);
}

TEST(a_pool_weighs_by_the_weights_and_not_by_the_requests)
{
    const struct share_part parts[] = {{{.count = 10, .of = 100, .variance = 10, .cluster = 1}, 3, 1},
                                       {{.count = 0, .of = 100000, .cluster = 1}, 1, 1}};
    struct share_bounds bounds;
    struct share pool;

    share_pool(parts, 2, &pool);
    share_bounds_find(&pool, &bounds);
    assert_float_equal(bounds.share, 0.075, 1e-12);
}
