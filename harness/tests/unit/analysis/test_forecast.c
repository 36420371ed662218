#include "analysis/forecast/forecast_signal.h"

#include "test.h"

#include <math.h>
#include <string.h>

#define SECOND UINT64_C(1000000000)

static const struct scenario rising = {.doubling = DOUBLING_RATE,
                                       .deadline_ns = SECOND,
                                       .connections_most = 1024,
                                       .limits = {.percentile = 0.99, .latency_ns = 50000000}};
static const struct forecast_terms terms = {.scenario = &rising, .service_core_count = 2, .step_ns = 6 * SECOND};

static const struct forecast quiet = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

static void check_near(double value, double expected, double share)
{
    if (!(fabs(value - expected) <= share * fabs(expected))) {
        fail_msg("%g is not %g to within %g %%", value, expected, share * 100);
    }
}

static enum forecast_signal first_of(const struct forecast *expected, const struct forecast_terms *by,
                                     double *ret_ratio)
{
    enum forecast_signal signal = SIGNAL_COUNT;

    assert_true(forecast_signal_first(expected, by, &signal, ret_ratio));
    return signal;
}

/* ---- services that are known ---- */

/* A fixed amount of CPU and one that each request takes. */
static struct forecast_point linear_cpu(uint64_t rate)
{
    struct forecast_point point = {.level = rate, .rate = (double)rate, .queued_ns = 1e6, .seen = quiet};
    point.seen.service_cores = 0.02 + 20e-6 * (double)rate;
    point.seen.busy_cores = 0.05 + 30e-6 * (double)rate;
    point.seen.busiest_thread = 0.01 + 10e-6 * (double)rate;
    point.seen.memory_bytes = 30e6 + 1000.0 * (double)rate;
    point.seen.p99_ns = 2e6;
    point.seen.in_flight = (double)rate * 1e-3;
    return point;
}

/* One server of exponential service times at `most` a second: R = 1 / (mu - X), and p99 = ln(100) R. The CPU says
 * nothing of it: the server waits. */
static struct forecast_point one_queue(uint64_t rate, double most)
{
    struct forecast_point point = {.level = rate, .rate = (double)rate, .seen = quiet};
    point.queued_ns = 1e9 / (most - (double)rate);
    point.seen.p99_ns = log(100) * point.queued_ns;
    point.seen.in_flight = (double)rate * point.queued_ns / 1e9;
    point.seen.service_cores = 0.1;
    point.seen.busiest_thread = 0.05;
    return point;
}

/* One worker that works S for each request: rho = X S, R = S / (1 - rho). */
static struct forecast_point one_worker(uint64_t rate, double service_s)
{
    struct forecast_point point = one_queue(rate, 1 / service_s);
    point.seen.busiest_thread = (double)rate * service_s;
    return point;
}

/* ---- what is expected ---- */

TEST(cpu_goes_on_along_the_line_of_the_last_two_steps)
{
    struct forecast_point points[] = {linear_cpu(2000), linear_cpu(4000), linear_cpu(8000)};
    struct forecast_point truth = linear_cpu(16000);
    struct forecast expected;

    forecast_make(points, 3, 16000, &terms, &expected);
    check_near(expected.service_cores, truth.seen.service_cores, 1e-9);
    check_near(expected.busy_cores, truth.seen.busy_cores, 1e-9);
    check_near(expected.busiest_thread, truth.seen.busiest_thread, 1e-9);
    check_near(expected.memory_bytes, truth.seen.memory_bytes, 1e-9);
    /* METHOD's words for it */
    check_near(expected.service_cores,
               points[2].seen.service_cores + 2 * (points[2].seen.service_cores - points[1].seen.service_cores), 1e-9);
    /* and two doublings ahead */
    forecast_make(points, 2, 16000, &terms, &expected);
    check_near(expected.service_cores, truth.seen.service_cores, 1e-9);
}

TEST(what_fell_is_not_expected_to_fall_on)
{
    struct forecast_point points[] = {linear_cpu(2000), linear_cpu(4000)};
    struct forecast expected;

    points[1].seen.memory_bytes = points[0].seen.memory_bytes / 2;
    forecast_make(points, 2, 8000, &terms, &expected);
    check_near(expected.memory_bytes, points[1].seen.memory_bytes, 1e-9);
    check_near(expected.p99_ns, points[1].seen.p99_ns * (1 - 0.10 / 2) / (1 - 0.18 / 2), 0.01);
}

/* A lock: 1/R = mu - X finds where it ends without any CPU. */
TEST(the_times_of_a_queue_tell_where_it_ends)
{
    struct forecast_point points[] = {one_queue(1000, 10000), one_queue(2000, 10000)};
    struct forecast_point truth = one_queue(4000, 10000);
    struct forecast expected;
    double ratio;

    forecast_make(points, 2, 4000, &terms, &expected);
    check_near(expected.p99_ns, truth.seen.p99_ns, 0.001);
    check_near(expected.in_flight, truth.seen.in_flight, 0.001);
    forecast_make(points, 2, 8000, &terms, &expected);
    check_near(expected.p99_ns, one_queue(8000, 10000).seen.p99_ns, 0.001);
    /* 12,000 a second into 10,000: a fifth of the step late at its end */
    forecast_make(points, 2, 12000, &terms, &expected);
    check_near(expected.p99_ns, 0.2 * 7e9 / 1.2, 0.01);
    assert_int_equal(first_of(&expected, &terms, &ratio), SIGNAL_LATENCY);
    assert_true(ratio < 0.1);
}

/* rho 0.2 and 0.4 with S = 1 ms: at 0.8 METHOD has p99 = 23.03 ms, and at 1.6 there is no end to it. */
TEST(the_rest_of_a_worker_tells_how_long_requests_wait)
{
    struct forecast_point points[] = {one_worker(200, 1e-3), one_worker(400, 1e-3), one_worker(800, 1e-3)};
    struct forecast expected;

    forecast_make(points, 2, 800, &terms, &expected);
    check_near(expected.p99_ns, 23.03e6, 0.01);
    check_near(expected.busiest_thread, 0.8, 0.001);
    forecast_make(points, 3, 1600, &terms, &expected);
    check_near(expected.busiest_thread, 1.6, 0.001);
    check_near(expected.p99_ns, 0.6 * 7e9 / 1.6, 0.01);
    assert_true(expected.in_flight > 1000);
}

/* Times of a lightly loaded service that rise by chance, faster than any queue's can. */
TEST(noise_is_not_taken_for_a_queue)
{
    struct forecast_point points[] = {linear_cpu(250), linear_cpu(500)};
    struct forecast expected;

    points[0].queued_ns = 0.2e6;
    points[1].queued_ns = 0.3e6;
    forecast_make(points, 2, 1000, &terms, &expected);
    assert_true(expected.p99_ns < 1.3 * points[1].seen.p99_ns);
}

/* A pause of 80 ms in the last step: p99 was 80 ms there, and the median 1 ms as before. */
TEST(a_pause_is_not_taken_for_a_queue)
{
    struct forecast_point points[] = {linear_cpu(2000), linear_cpu(4000)};
    struct forecast expected;
    double ratio;

    points[1].seen.p99_ns = 80e6;
    forecast_make(points, 2, 8000, &terms, &expected);
    assert_true(expected.p99_ns < 2.5 * points[0].seen.p99_ns);
    first_of(&expected, &terms, &ratio);
    assert_true(ratio > 1);
}

/* 0.55 of two cores and 0.95 at the last step: 1.75 at the next one are not all of them, 2.05 are. */
TEST(times_have_no_end_only_where_more_cpu_is_needed_than_there_is)
{
    struct forecast_point points[] = {linear_cpu(2000), linear_cpu(4000)};
    struct forecast expected;

    points[0].seen.service_cores = 0.55;
    points[1].seen.service_cores = 0.95;
    forecast_make(points, 2, 8000, &terms, &expected);
    check_near(expected.service_cores, 1.75, 1e-9);
    check_near(expected.p99_ns, points[1].seen.p99_ns * (1 - 0.95 / 2) / (1 - 1.75 / 2), 1e-9);
    points[1].seen.service_cores = 1.05;
    forecast_make(points, 2, 8000, &terms, &expected);
    check_near(expected.service_cores, 2.05, 1e-9);
    assert_true(expected.p99_ns > 0.02 * (double)terms.step_ns);
}

TEST(an_alarm_is_beyond_the_limit_by_more_than_forecasts_err)
{
    check_near(forecast_signal_sure_ratio(1000, 2000), 1 / 1.13, 1e-9);
    check_near(forecast_signal_sure_ratio(1000, 4000), 1 / (1.13 * 1.25), 1e-9);
    check_near(forecast_signal_sure_ratio(1000, 8000), 1 / (1.13 * 1.25 * 1.25), 1e-9);
    check_near(forecast_signal_sure_ratio(1000, 1414), 1 / sqrt(1.13), 1e-3); /* half a doubling, half the error */
}

TEST(one_step_is_no_base)
{
    struct forecast_point points[] = {linear_cpu(500), linear_cpu(1000)};
    struct forecast expected;

    for (size_t count = 0; count < 2; count++) {
        forecast_make(points, count, 2000, &terms, &expected);
        for (int i = 0; i < SIGNAL_COUNT; i++) {
            assert_true(isnan(forecast_signal_value(&expected, (enum forecast_signal)i)));
        }
    }
    forecast_make(points, 2, 1000, &terms, &expected); /* not above them */
    assert_true(isnan(expected.service_cores));
}

TEST(what_was_not_seen_is_not_expected)
{
    struct forecast_point points[] = {linear_cpu(500), linear_cpu(1000)};
    struct forecast expected;

    points[0].seen = points[1].seen = quiet;
    forecast_make(points, 2, 2000, &terms, &expected);
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        assert_true(isnan(forecast_signal_value(&expected, (enum forecast_signal)i)));
    }
    enum forecast_signal signal;
    double ratio;
    assert_false(forecast_signal_first(&expected, &terms, &signal, &ratio));
}

TEST(connections_of_a_closed_load_are_all_in_flight)
{
    struct scenario closed = rising;
    struct forecast_terms closed_terms = terms;
    struct forecast_point points[] = {linear_cpu(64), linear_cpu(128)};
    struct forecast expected;

    closed.doubling = DOUBLING_CONNECTIONS;
    closed_terms.scenario = &closed;
    points[0].rate = points[1].rate = NAN;
    points[1].seen.p99_ns = 3e6;
    forecast_make(points, 2, 256, &closed_terms, &expected);
    check_near(expected.p99_ns, 5e6, 1e-9);
    check_near(expected.in_flight, 256, 1e-9);
    assert_true(isnan(forecast_signal_limit(SIGNAL_IN_FLIGHT, &closed_terms)));
}

/* Twice the work for each request at the same rate. */
TEST(a_value_that_doubles_lengthens_each_request)
{
    struct scenario value = rising;
    struct forecast_terms value_terms = terms;
    struct forecast_point points[2];
    struct forecast expected;

    value.doubling = DOUBLING_VALUE;
    value_terms.scenario = &value;
    for (int i = 0; i < 2; i++) {
        points[i] = one_worker(100, 1e-3 * (i + 1));
        points[i].level = 1000U << i;
    }
    forecast_make(points, 2, 4000, &value_terms, &expected);
    check_near(expected.busiest_thread, 0.4, 0.001);
    check_near(expected.p99_ns, one_worker(100, 4e-3).seen.p99_ns, 0.25);
}

/* ---- what breaks first ---- */

TEST(the_smallest_limit_to_level_ratio_is_first_to_break)
{
    struct scenario scenario = rising;
    struct forecast_terms own = terms;
    struct forecast expected = {.service_cores = 1.8,
                                .busy_cores = 1.9,
                                .busiest_thread = 0.6,
                                .memory_bytes = 100e6,
                                .p99_ns = 20e6,
                                .in_flight = 10};
    double ratio;

    own.scenario = &scenario;
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_CPU);
    check_near(ratio, 1, 1e-9);
    scenario.limits.memory_bytes = 90000000;
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_MEMORY);
    check_near(ratio, 0.9, 1e-9);
    expected.busiest_thread = 1.42;
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_THREAD);
    check_near(ratio, 0.9 / 1.42, 1e-9);
    expected.p99_ns = 1000e6; /* which follows from the thread */
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_THREAD);
    expected.busiest_thread = 0.5;
    expected.service_cores = 0.5;
    expected.memory_bytes = 1;
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_LATENCY);
    check_near(ratio, 0.05, 1e-9);
    scenario.limits.latency_ns = 0;
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_THREAD);
    own.service_core_count = 1;
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_CPU);
}

/* ln 100 / ln 20: p95 at 50 ms is p99 at 76.9 ms. */
TEST(a_limit_on_another_percentile_is_one_on_p99)
{
    struct scenario scenario = rising;
    struct forecast_terms own = terms;

    own.scenario = &scenario;
    scenario.limits.percentile = 0.95;
    check_near(forecast_signal_limit(SIGNAL_LATENCY, &own), 76.86e6, 0.001);
}

/* Half a core of two is all that there is. */
TEST(a_quota_and_a_memory_limit_are_what_is_held_against)
{
    struct scenario scenario = {.limits = {.memory_bytes = 512 << 20}, .needs = {.database = true}};
    struct forecast_terms own = {.scenario = &scenario, .service_core_count = 2, .quota_cores = 0.5};

    assert_float_equal(forecast_signal_limit(SIGNAL_CPU, &own), 0.45, 1e-9);
    assert_true(isnan(forecast_signal_limit(SIGNAL_THREAD, &own)));
    assert_float_equal(forecast_signal_limit(SIGNAL_DEPENDENCY_PLACES, &own), 7.2, 1e-9); /* the pool of one core */
    own.quota_cores = 1.5;
    assert_float_equal(forecast_signal_limit(SIGNAL_CPU, &own), 1.35, 1e-9);
    assert_float_equal(forecast_signal_limit(SIGNAL_THREAD, &own), 0.9, 1e-9);
    own.quota_cores = 8; /* more than it has cores */
    assert_float_equal(forecast_signal_limit(SIGNAL_CPU, &own), 1.8, 1e-9);
    assert_float_equal(forecast_signal_limit(SIGNAL_MEMORY, &own), 512.0 * 1048576, 1);
    own.memory_limit_bytes = 256 << 20;
    assert_float_equal(forecast_signal_limit(SIGNAL_MEMORY, &own), 256.0 * 1048576, 1);
    scenario.limits.memory_bytes = 0;
    assert_float_equal(forecast_signal_limit(SIGNAL_MEMORY, &own), 256.0 * 1048576, 1);
    own.memory_limit_bytes = 0;
    assert_true(isnan(forecast_signal_limit(SIGNAL_MEMORY, &own)));
}

/* At most as many as the pool has, or as the upstream takes, are at work at a time. */
TEST(places_in_a_dependency_are_those_of_the_pool_or_of_the_upstream)
{
    struct scenario scenario = {.needs = {.database = true}};
    const struct forecast_terms own = {.scenario = &scenario, .service_core_count = 2};
    struct forecast expected = {NAN, NAN, NAN, NAN, NAN, NAN, .dependency_cpu = 0.3, .dependency_places = 15};
    double ratio;

    assert_float_equal(forecast_signal_limit(SIGNAL_DEPENDENCY_PLACES, &own), 14.4, 1e-9);
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_DEPENDENCY_PLACES);
    assert_true(ratio < 1);
    scenario.needs = (struct needs){.upstream = true, .upstream_at_once = 20};
    assert_float_equal(forecast_signal_limit(SIGNAL_DEPENDENCY_PLACES, &own), 20, 1e-9);
    scenario.needs.upstream_at_once = 0;
    assert_true(isnan(forecast_signal_limit(SIGNAL_DEPENDENCY_PLACES, &own)));
    assert_int_equal(first_of(&expected, &own, &ratio), SIGNAL_DEPENDENCY_CPU);
    scenario.needs = (struct needs){.upstream = true, .database = true, .upstream_at_once = 20};
    assert_true(isnan(forecast_signal_limit(SIGNAL_DEPENDENCY_PLACES, &own)));
}
