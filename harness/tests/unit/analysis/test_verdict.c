/* Requests against their limits: which are violated, and when first. */
#include "analysis/verdict/verdict.h"

#include "judging.h"
#include "test.h"

#include <signal.h>

TEST(a_healthy_step_passes)
{
    struct step_builder builder = healthy_step();
    check_passes(&builder, &usual_limits);
}

/* --- each limit alone, and when it was violated first ------------------------------------------------------------ */

TEST(slow_responses_break_the_latency_limit_alone)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 8, 12, 60, 75);
    struct breach breach = check_violated(&builder, &usual_limits, LIMIT_LATENCY, 2250);
    assert_float_equal(breach.observed, 75e6, 1e5);
    assert_true(breach.allowed == 50e6);
}

TEST(failures_break_the_errors_limit_alone)
{
    for (int kind = 0; kind < FAILURE_COUNT; kind++) {
        struct step_builder builder = healthy_step();
        step_builder_fail(&builder, 4, 20, 1, (enum failure)kind);
        struct breach breach = check_violated(&builder, &usual_limits, LIMIT_ERRORS, 1250);
        assert_true(breach.observed == 16.0 / 10000);
        assert_true(breach.allowed == 0.001);
    }
}

TEST(few_good_responses_break_the_throughput_limit_alone)
{
    struct step_builder builder = healthy_step();
    struct limits limits = usual_limits;

    limits.error_share = 0;
    step_builder_fail(&builder, 6, 20, 40, FAILURE_STATUS);
    struct breach breach = check_violated(&builder, &limits, LIMIT_THROUGHPUT, 1750);
    assert_float_equal(breach.observed, 0.944, 1e-9);
    assert_true(breach.allowed == 0.95);
}

TEST(a_growing_queue_breaks_alone_while_responses_are_still_fast)
{
    struct step_builder builder = healthy_step();

    step_builder_queue(&builder, 10, 390);
    /* 50 in the mean of the first quarter; 141 above that, as of 10,000 requests, are passed when interval 10 ends. */
    struct breach breach = check_breaks(&builder, &usual_limits, LIMIT_QUEUE, 2750);
    assert_float_equal(breach.observed, 350, 1);
    assert_true(breach.allowed == 0);
}

TEST(a_process_that_ends_is_a_break_alone)
{
    struct step_builder builder = healthy_step();

    step_builder_die(&builder, 2345, 2, 0);
    struct breach breach = check_breaks(&builder, &usual_limits, LIMIT_CRASH, 2345);
    assert_true(breach.observed == 0 && breach.allowed == 0);
}

TEST(a_limit_is_violated_first_at_the_end_of_the_interval_that_violates_it)
{
    struct limits latency = {.percentile = 0.99, .latency_ns = 50 * MS};
    struct limits errors = {.error_share = 0.001};
    struct limits throughput = {.throughput_share = 0.97};

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        uint64_t end_ms = (i + 1) * BUILT_INTERVAL_MS;
        struct step_builder slow = healthy_step(), failing = healthy_step();
        step_builder_slow(&slow, i, i + 1, 150, 75);
        check_violated(&slow, &latency, LIMIT_LATENCY, end_ms);
        step_builder_fail(&failing, i, i + 1, 400, FAILURE_STATUS);
        check_violated(&failing, &errors, LIMIT_ERRORS, end_ms);
        check_violated(&failing, &throughput, LIMIT_THROUGHPUT, end_ms);
    }
}

/* 500 requests an interval are too few for a p99 of their own. */
TEST(a_blip_in_one_interval_is_not_the_moment_at_which_a_step_broke)
{
    struct step_builder slow = healthy_step(), failing = healthy_step(), sharp = healthy_step();
    struct limits errors = {.error_share = 0.001};

    step_builder_slow(&slow, 2, 3, 6, 75);
    step_builder_slow(&slow, 12, 14, 100, 75);
    check_violated(&slow, &usual_limits, LIMIT_LATENCY, 3250);
    step_builder_fail(&failing, 2, 3, 9, FAILURE_STATUS);
    step_builder_fail(&failing, 12, 14, 9, FAILURE_STATUS);
    check_violated(&failing, &errors, LIMIT_ERRORS, 3250);
    step_builder_fail(&sharp, 2, 3, 10, FAILURE_STATUS);
    step_builder_fail(&sharp, 12, 14, 9, FAILURE_STATUS);
    check_violated(&sharp, &errors, LIMIT_ERRORS, 750);
}

TEST(an_interval_with_requests_enough_for_its_percentile_says_so_alone)
{
    for (uint64_t level = 3996; level <= 4000; level += 4) {
        struct step_builder builder;

        step_builder_init(&builder, level);
        step_builder_slow(&builder, 2, 3, 500, 75);
        step_builder_slow(&builder, 12, 14, 500, 75);
        check_violated(&builder, &usual_limits, LIMIT_LATENCY, level == 4000 ? 750 : 3250);
    }
}

TEST(where_there_are_only_blips_the_first_one_is_the_moment)
{
    struct step_builder builder = healthy_step();

    for (size_t i = 3; i < BUILT_INTERVALS; i += 2) {
        step_builder_slow(&builder, i, i + 1, 15, 75);
    }
    check_violated(&builder, &usual_limits, LIMIT_LATENCY, 1000);
}

TEST(a_limit_violated_in_an_interval_may_hold_over_the_step)
{
    struct step_builder slow = healthy_step(), failing = healthy_step(), refused = healthy_step();
    struct limits throughput = {.throughput_share = 0.95};

    step_builder_slow(&slow, 7, 8, 100, 900);
    check_within(&slow, &usual_limits);
    step_builder_fail(&failing, 7, 8, 10, FAILURE_STATUS);
    check_within(&failing, &usual_limits);
    step_builder_fail(&refused, 7, 8, 500, FAILURE_STATUS);
    check_within(&refused, &throughput);
}

TEST(a_limit_that_is_just_reached_is_not_violated)
{
    struct step_builder slow = healthy_step(), slower = healthy_step(), failing = healthy_step();

    step_builder_slow(&slow, 0, 20, 400, 50);
    check_within(&slow, &usual_limits);
    step_builder_slow(&slower, 0, 20, 400, 50.1);
    check_violated(&slower, &usual_limits, LIMIT_LATENCY, 250);
    step_builder_fail(&failing, 3, 4, 10, FAILURE_RESET);
    check_within(&failing, &usual_limits);
    step_builder_fail(&failing, 3, 4, 11, FAILURE_RESET);
    check_violated(&failing, &usual_limits, LIMIT_ERRORS, 1000);
}

TEST(the_percentile_of_the_limit_is_the_one_that_is_judged)
{
    const struct {
        double percentile;
        uint64_t may_be_slow; /* of 10,000 */
    } cases[] = {{0.5, 5000}, {0.9, 1000}, {0.95, 500}, {0.99, 100}, {0.999, 10}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct limits limits = {.percentile = cases[i].percentile, .latency_ns = 50 * MS};
        struct step_builder builder = healthy_step();
        if (cases[i].may_be_slow >= BUILT_INTERVALS) {
            step_builder_slow(&builder, 0, BUILT_INTERVALS, cases[i].may_be_slow / BUILT_INTERVALS, 75);
        } else {
            step_builder_slow(&builder, 0, cases[i].may_be_slow, 1, 75);
        }
        check_within(&builder, &limits);
        step_builder_slow(&builder, 19, 20, builder.intervals[19].slow + 1, 75);
        struct step_verdict verdict = judged(&builder, &limits);
        assert_true(verdict.limits[LIMIT_LATENCY].over);
    }
}

/* --- what is not judged, and what there is little of -------------------------------------------------------------- */

TEST(without_limits_only_a_queue_and_a_crash_are_breaks)
{
    const struct limits none = {0};
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 0, 20, 200, 900);
    step_builder_fail(&builder, 0, 20, 200, FAILURE_STATUS);
    builder.host.rss_mib = 4000;
    check_passes(&builder, &none);
    step_builder_queue(&builder, 0, 5000);
    assert_int_equal(judged(&builder, &none).breach_count, 1);
    step_builder_die(&builder, 100, 0, SIGKILL);
    assert_int_equal(judged(&builder, &none).breach_count, 2);
}

TEST(a_percentile_without_a_time_is_no_limit)
{
    struct limits limits = {.percentile = 0.99};
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 0, 20, 200, 900);
    check_passes(&builder, &limits);
}

TEST(one_slow_response_in_a_hundred_is_within_p99_and_two_are_not)
{
    struct step_builder builder;

    step_builder_init(&builder, 20);
    step_builder_slow(&builder, 6, 7, 1, 75);
    check_within(&builder, &usual_limits);
    step_builder_slow(&builder, 6, 7, 2, 75);
    check_violated(&builder, &usual_limits, LIMIT_LATENCY, 1750);
}

TEST(a_step_in_which_nothing_is_ever_answered_breaks_everything_that_is_judged)
{
    struct step_builder builder = healthy_step();

    step_builder_fail(&builder, 0, 20, 500, FAILURE_UNANSWERED);
    struct step_verdict verdict = judged(&builder, &usual_limits);
    assert_int_equal(verdict.verdict, VERDICT_BREAK);
    check_order(&verdict, (const enum limit[]){LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT}, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(verdict.breaches[i].at_ns, 250 * MS);
    }
    assert_true(verdict.breaches[0].observed >= 1e9);
    assert_true(verdict.breaches[1].observed == 1 && verdict.breaches[2].observed == 0);
}

/* Every connection waits for a response since the warm-up, so nothing new is ever due. */
static struct step_builder silent_step(void)
{
    struct step_builder builder = healthy_step();

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i] = (struct built_interval){.in_flight = 64};
    }
    builder.mean_in_flight = 64;
    return builder;
}

TEST(a_service_that_answers_nothing_of_a_closed_load_breaks)
{
    struct step_builder builder = silent_step();
    struct step_verdict verdict = judged(&builder, &usual_limits);

    assert_int_equal(verdict.verdict, VERDICT_BREAK);
    check_order(&verdict, (const enum limit[]){LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_THROUGHPUT}, 3);
    assert_true(verdict.breaches[0].observed == 5e9);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(verdict.breaches[i].at_ns, 250 * MS);
    }
}

TEST(a_closed_load_without_a_response_never_passes)
{
    const struct limits limits[] = {{.percentile = 0.99, .latency_ns = 4000 * MS},
                                    {.error_share = 0.5},
                                    {.throughput_share = 0.5},
                                    {.percentile = 0.99, .latency_ns = 6000 * MS},
                                    {.percentile = 0}};
    const enum verdict verdicts[] = {VERDICT_BREAK, VERDICT_BREAK, VERDICT_BREAK, VERDICT_INVALID, VERDICT_INVALID};
    struct step_builder builder = silent_step();

    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        assert_int_equal(judged(&builder, &limits[i]).verdict, verdicts[i]);
    }
}

TEST(every_limit_and_verdict_has_a_name_of_its_own)
{
    for (int i = 0; i < LIMIT_COUNT; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(limit_name((enum limit)i), limit_name((enum limit)k));
        }
    }
    assert_string_equal(verdict_name(VERDICT_PASS), "pass");
    assert_string_equal(verdict_name(VERDICT_BREAK), "break");
    assert_string_equal(verdict_name(VERDICT_INVALID), "invalid");
}
