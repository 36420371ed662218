#include "contract/upstream_rule.h"

#include "test.h"

#define KEY_MOST ((UINT64_C(1) << 53) - 1)

enum { CALLS = 64 };

/* As another implementation, in Python, makes them from what base/random.h says. */
TEST(the_values_are_the_same_everywhere)
{
    assert_int_equal(upstream_rule_value(0, 0), UINT64_C(39873473296674));
    assert_int_equal(upstream_rule_value(KEY_MOST, 63), UINT64_C(48488723915411));
}

TEST(a_value_depends_on_key_and_call)
{
    for (uint64_t key = 0; key < 100; key++) {
        for (uint32_t call = 0; call < CALLS; call++) {
            assert_int_not_equal(upstream_rule_value(key, call), upstream_rule_value(key + 1, call));
            assert_int_not_equal(upstream_rule_value(key, call), upstream_rule_value(key, call + 1));
            assert_int_not_equal(upstream_rule_value(key, call + 1), upstream_rule_value(key + 1, call));
        }
    }
}

TEST(the_sum_of_the_most_calls_is_exact_as_a_double)
{
    assert_true((uint64_t)CALLS * (UPSTREAM_VALUES - 1) <= KEY_MOST);
    for (uint64_t key = 0; key < 1000; key++) {
        uint64_t sum = 0;
        for (uint32_t call = 0; call < CALLS; call++) {
            assert_in_range(upstream_rule_value(key, call), 0, UPSTREAM_VALUES - 1);
            sum += upstream_rule_value(key, call);
        }
        assert_int_equal((uint64_t)(double)sum, sum);
    }
}

TEST(values_reach_from_end_to_end)
{
    uint64_t least = UINT64_MAX, most = 0;

    for (uint64_t key = 0; key < 10000; key++) {
        uint64_t value = upstream_rule_value(key, 0);
        least = value < least ? value : least;
        most = value > most ? value : most;
    }
    assert_in_range(least, 0, UPSTREAM_VALUES / 1000);
    assert_in_range(most, UPSTREAM_VALUES - UPSTREAM_VALUES / 1000, UPSTREAM_VALUES);
}

static size_t count_failing(uint32_t failing_of_million)
{
    struct upstream_rule rule = {failing_of_million};
    size_t failing = 0;

    for (uint64_t key = 0; key < 10000; key++) {
        for (uint32_t call = 0; call < 10; call++) {
            failing += upstream_rule_fails(&rule, key, call);
        }
    }
    return failing;
}

TEST(as_many_calls_fail_as_the_rule_says)
{
    assert_int_equal(count_failing(0), 0);
    assert_int_equal(count_failing(UPSTREAM_MILLION), 100000);
    assert_in_range(count_failing(50000), 4700, 5300);
}

TEST(a_call_that_fails_goes_on_failing_where_more_do)
{
    struct upstream_rule few = {10000}, many = {20000};

    for (uint64_t key = 0; key < 10000; key++) {
        assert_true(!upstream_rule_fails(&few, key, 3) || upstream_rule_fails(&many, key, 3));
    }
}
