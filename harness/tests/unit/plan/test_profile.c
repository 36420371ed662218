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
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 8 * SECOND, 0), 2 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, 8 * SECOND, 0), 8 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_RIGOROUS, 8 * SECOND, 0), 16 * SECOND);
}

TEST(a_step_lasts_until_it_holds_the_requests_that_a_verdict_needs)
{
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 200), 6 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 600), 2 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 10000), SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, SECOND, 1000), 5 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, SECOND, 10000), SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_RIGOROUS, SECOND, 500), 10 * SECOND);
}

TEST(a_slow_rate_makes_no_step_longer_than_the_most)
{
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 4 * SECOND, 1), 6 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_QUICK, 40 * SECOND, 1), 40 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, SECOND, 1), 10 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_STANDARD, 5 * SECOND, 1), 20 * SECOND);
    assert_int_equal(profile_measure_ns(PROFILE_RIGOROUS, 5 * SECOND, 1), 40 * SECOND);
}
