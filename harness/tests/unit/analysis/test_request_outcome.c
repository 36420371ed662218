/* The one rule by which requests break a limit: of a step, of an interval, of several intervals. */
#include "analysis/verdict/request_outcome.h"

#include "base/random.h"
#include "judging.h"
#include "test.h"

static const enum limit on_requests[] = {LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT};

/* Any number of slow and of failed requests in each interval. */
static struct step_builder random_step(struct random *random)
{
    struct step_builder builder = healthy_step();

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        step_builder_slow(&builder, i, i + 1, random_below(random, 20), 45 + (double)random_below(random, 12));
        step_builder_fail(&builder, i, i + 1, random_below(random, 3) == 0 ? random_below(random, 12) : 0,
                          FAILURE_STATUS);
    }
    return builder;
}

TEST(the_latency_limit_is_broken_when_its_percentile_is_above_it)
{
    struct random random;

    random_init(&random, 5, 0);
    for (int round = 0; round < 100; round++) {
        struct step_builder builder = random_step(&random);
        struct step_record record;
        step_builder_make(&builder, &record);
        for (size_t i = 0; i < BUILT_INTERVALS; i++) {
            struct request_outcome outcome = request_outcome_of_interval(&record, i, &usual_limits);
            assert_int_equal(request_outcome_breaks(&outcome, &usual_limits, LIMIT_LATENCY),
                             histogram_quantile(&record.load.intervals[i].response, 0.99) > usual_limits.latency_ns);
        }
        step_record_release(&record);
    }
}

TEST(a_step_is_judged_as_its_intervals_together_are)
{
    struct random random;

    random_init(&random, 6, 0);
    for (int round = 0; round < 100; round++) {
        struct step_builder builder = random_step(&random);
        struct step_record record;
        struct request_outcome together = {0};
        step_builder_make(&builder, &record);
        for (size_t i = 0; i < BUILT_INTERVALS; i++) {
            struct request_outcome one = request_outcome_of_interval(&record, i, &usual_limits);
            request_outcome_add(&together, &one);
        }
        struct step_verdict verdict = judge_record(&record, &usual_limits, NULL, false);
        for (size_t i = 1; i < sizeof on_requests / sizeof on_requests[0]; i++) {
            bool over = verdict.limits[on_requests[i]].over;
            assert_int_equal(over, request_outcome_breaks(&together, &usual_limits, on_requests[i]));
        }
        step_record_release(&record);
    }
}

TEST(what_is_subtracted_again_leaves_the_rest)
{
    const struct request_outcome one = {.offered = 100, .failed = 3, .good = 97, .timed = 99, .late = 2};
    const struct request_outcome other = {.offered = 50, .failed = 1, .good = 49, .timed = 50, .late = 9};
    struct request_outcome sum = one;

    request_outcome_add(&sum, &other);
    assert_float_equal(request_outcome_failed_share(&sum), 4.0 / 150, 1e-12);
    assert_float_equal(request_outcome_good_share(&sum), 146.0 / 150, 1e-12);
    request_outcome_subtract(&sum, &one);
    assert_memory_equal(&sum, &other, sizeof sum);
}

TEST(a_limit_that_is_reached_exactly_is_kept_and_one_that_is_zero_not_judged)
{
    const struct limits limits = {.percentile = 0.99,
                                  .latency_ns = 50 * MS,
                                  .error_share = 0.01,
                                  .throughput_share = 0.99};
    const struct limits none = {.percentile = 0.99};
    const struct request_outcome reached = {.offered = 1000, .failed = 10, .good = 990, .timed = 1000, .late = 10};
    const struct request_outcome beyond = {.offered = 1000, .failed = 11, .good = 989, .timed = 1000, .late = 11};
    const struct request_outcome nothing = {0};

    assert_true(request_outcome_keeps_all(&reached, &limits));
    assert_true(request_outcome_keeps_all(&nothing, &limits));
    assert_true(request_outcome_keeps_all(&beyond, &none));
    for (size_t i = 0; i < sizeof on_requests / sizeof on_requests[0]; i++) {
        assert_true(request_outcome_breaks(&beyond, &limits, on_requests[i]));
    }
}

/* 12 connections are reset when the service dies at 3 s; 5 of them were in flight before. */
TEST(requests_in_flight_that_a_later_crash_failed_are_no_failures_of_their_interval)
{
    struct step_builder builder = healthy_step();
    struct step_record record;

    step_builder_fail(&builder, 4, 5, 12, FAILURE_RESET);
    builder.intervals[4].in_flight = 5;
    step_builder_die(&builder, 3000, 1, 0);
    step_builder_make(&builder, &record);
    struct request_outcome before = request_outcome_of_interval(&record, 4, &usual_limits);
    assert_int_equal(before.failed, 7);
    assert_int_equal(before.good, 493);
    record.death.at_ns = record.load.started_ns + 1000 * MS;
    assert_int_equal(request_outcome_of_interval(&record, 4, &usual_limits).failed, 12);
    step_record_release(&record);
}
