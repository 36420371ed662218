#include "base/random.h"

#include "test.h"

#include <stdbool.h>

TEST(the_same_seed_and_stream_give_the_same_numbers)
{
    struct random a;
    struct random b;

    random_init(&a, 7, 3);
    random_init(&b, 7, 3);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(random_next(&a), random_next(&b));
    }
}

/* The state is set by hand, and the numbers follow from the published algorithm worked out on paper. */
TEST(the_generator_is_the_published_one)
{
    struct random random = {{1, 2, 3, 4}};

    assert_int_equal(random_next(&random), 41943041);
    assert_int_equal(random_next(&random), 58720359);
}

TEST(seeds_and_streams_are_told_apart)
{
    struct random a;
    struct random b;
    struct random c;

    random_init(&a, 1, 2);
    random_init(&b, 2, 1);
    random_init(&c, 1, 3);
    uint64_t first = random_next(&a);
    assert_int_not_equal(first, random_next(&b));
    assert_int_not_equal(first, random_next(&c));
}

TEST(a_unit_number_is_inside_the_open_interval_and_centred)
{
    struct random random;
    double sum = 0;

    random_init(&random, 1, 1);
    for (int i = 0; i < 100000; i++) {
        double unit = random_unit(&random);
        assert_true(unit > 0 && unit < 1);
        sum += unit;
    }
    assert_true(sum > 49500 && sum < 50500);
}

TEST(every_number_below_the_bound_is_as_likely)
{
    struct random random;
    unsigned seen[7] = {0};

    random_init(&random, 1, 1);
    for (int i = 0; i < 70000; i++) {
        uint64_t number = random_below(&random, 7);
        assert_in_range(number, 0, 6);
        seen[number]++;
    }
    for (int i = 0; i < 7; i++) {
        assert_in_range(seen[i], 9600, 10400);
    }
}

TEST(the_bounds_at_the_edge_are_kept)
{
    struct random random;

    random_init(&random, 1, 1);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(random_below(&random, 0), 0);
        assert_int_equal(random_below(&random, 1), 0);
        assert_true(random_below(&random, UINT64_MAX) < UINT64_MAX);
    }
}
