#include "base/random.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_same_seed_and_stream_give_the_same_numbers(void **state)
{
    (void)state;
    struct random a;
    struct random b;

    random_init(&a, 7, 3);
    random_init(&b, 7, 3);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(random_next(&a), random_next(&b));
    }
}

/* The state is set by hand, and the numbers follow from the published algorithm worked out on paper. */
static void the_generator_is_the_published_one(void **state)
{
    (void)state;
    struct random random = {{1, 2, 3, 4}};

    assert_int_equal(random_next(&random), 41943041);
    assert_int_equal(random_next(&random), 58720359);
}

static void seeds_and_streams_are_told_apart(void **state)
{
    (void)state;
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

static void a_unit_number_is_inside_the_open_interval_and_centred(void **state)
{
    (void)state;
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

static void every_number_below_the_bound_is_as_likely(void **state)
{
    (void)state;
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

static void the_bounds_at_the_edge_are_kept(void **state)
{
    (void)state;
    struct random random;

    random_init(&random, 1, 1);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(random_below(&random, 0), 0);
        assert_int_equal(random_below(&random, 1), 0);
        assert_true(random_below(&random, UINT64_MAX) < UINT64_MAX);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_seed_and_stream_give_the_same_numbers),
        cmocka_unit_test(the_generator_is_the_published_one),
        cmocka_unit_test(seeds_and_streams_are_told_apart),
        cmocka_unit_test(a_unit_number_is_inside_the_open_interval_and_centred),
        cmocka_unit_test(every_number_below_the_bound_is_as_likely),
        cmocka_unit_test(the_bounds_at_the_edge_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
