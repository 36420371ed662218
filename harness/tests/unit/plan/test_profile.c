#include "plan/profile.h"

#include "test.h"

#include <string.h>

#define SECOND UINT64_C(1000000000)

TEST(every_profile_is_read_back_by_its_name)
{
    for (int i = 0; i < PROFILE_COUNT; i++) {
        enum profile profile = PROFILE_COUNT;
        struct error err = {0};
        assert_int_equal(profile_read(&profile, profile_name((enum profile)i), &err), 0);
        assert_int_equal(profile, i);
    }
}

TEST(another_name_is_refused_with_those_that_there_are)
{
    static const char *const wrong[] = {"", "Quick", "quicker", "standard "};

    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        enum profile profile = PROFILE_RIGOROUS;
        struct error err = {0};
        assert_int_equal(profile_read(&profile, wrong[i], &err), -1);
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.message, "quick, standard or rigorous"));
        assert_int_equal(profile, PROFILE_RIGOROUS);
    }
}

TEST(more_time_buys_a_closer_result)
{
    assert_true(profile_width(PROFILE_QUICK) == 0);
    assert_true(profile_width(PROFILE_STANDARD) == 0.10);
    assert_true(profile_width(PROFILE_RIGOROUS) == 0.05);
    assert_int_equal(profile_trials(PROFILE_STANDARD), 1);
    assert_int_equal(profile_trials(PROFILE_RIGOROUS), 6);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 8 * SECOND, 0, 0), 2 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, 8 * SECOND, 0, 0), 8 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_RIGOROUS, 8 * SECOND, 0, 0), 16 * SECOND);
}

/* A limit on that percentile, and on that share of failures. */
static struct limits limits_of(double percentile, double errors)
{
    struct limits limits = {.percentile = percentile, .latency_ns = percentile > 0 ? SECOND : 0, .error_share = errors};

    return limits;
}

TEST(a_verdict_needs_fifty_requests_beyond_the_percentile_and_five_failures)
{
    static const struct {
        double percentile, errors;
        uint64_t quick, standard;
    } rows[] = {
        {0.99, 0.001, 1200, 5000}, {0.99, 0.01, 1200, 5000}, {0.95, 0.01, 240, 1000}, {0.95, 0.001, 1200, 5000},
        {0.95, 0.002, 600, 2500},  {0.50, 0.01, 240, 1000},  {0.999, 0, 1200, 5000},  {0, 0.05, 1200, 5000},
        {0.95, 0, 240, 1000},      {0.98, 0.05, 600, 2500},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct limits limits = limits_of(rows[i].percentile, rows[i].errors);
        assert_int_equal(profile_requests(PROFILE_QUICK, &limits), rows[i].quick);
        assert_int_equal(profile_requests(PROFILE_STANDARD, &limits), rows[i].standard);
        assert_int_equal(profile_requests(PROFILE_RIGOROUS, &limits), rows[i].standard);
    }
}

TEST(a_step_lasts_until_it_holds_the_requests_that_a_verdict_needs)
{
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 200, 1200), 6 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 600, 1200), 2 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 10000, 1200), SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, SECOND, 1000, 5000), 5 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, SECOND, 10000, 5000), SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_RIGOROUS, SECOND, 500, 5000), 10 * SECOND);
}

TEST(a_slow_rate_makes_no_step_longer_than_the_most)
{
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 1, 1200), 6 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 40 * SECOND, 1, 1200), 40 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, SECOND, 1, 5000), 10 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, 5 * SECOND, 1, 5000), 20 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_RIGOROUS, 5 * SECOND, 1, 5000), 40 * SECOND);
}
