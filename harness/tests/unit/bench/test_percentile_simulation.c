/* How often the bounds of p99 hold the true one, for steps of services whose truth is known: before a single server
 * with exponential times the response time is exponential, so that p99 = ln(100) / (mu - rate). */
#include "analysis/verdict/percentile_bounds.h"
#include "asked_runs.h"
#include "base/clock.h"
#include "simulated_service.h"
#include "test.h"

#include <math.h>
#include <stdio.h>

#define STEPS_USUAL 60

static void find_bounds(double mu, double rate, double seconds, uint64_t seed, struct percentile_bounds *ret_bounds)
{
    const struct service_model model = {.queue = {.servers = 1, .mean_work_ns = 1e9 / mu},
                                        .deadline_ns = 3600 * CLOCK_SECOND_NS,
                                        .cpu_share = 1,
                                        .memory_bytes = 64e6};
    const struct planned_step planned = {.level = (uint64_t)rate,
                                         .rate = (uint64_t)rate,
                                         .seed = seed,
                                         .warmup_ns = CLOCK_SECOND_NS,
                                         .measure_ns = (uint64_t)(seconds * 1e9),
                                         .drain_limit_ns = 5 * CLOCK_SECOND_NS,
                                         .interval_count = 20};
    struct simulated_service service;
    struct step_record record;

    simulated_service_start(&service, &model, seed + 1000000); /* not the stream of the arrivals */
    simulated_service_step(&service, &planned, &record);
    percentile_bounds_find(&record.load, 0.99, ret_bounds);
    step_record_release(&record);
}

/* Of the bounds that are known, 90 % hold the truth; chance may take as much as four standard deviations of that. At
 * least the share `known_least` of the steps has bounds. */
static void check_coverage(double mu, double part, double seconds, double known_least)
{
    double rate = round(part * mu), truth_ns = log(100) / (mu - rate) * 1e9;
    unsigned known = 0, held = 0, low = 0;

    for (unsigned i = 0; i < asked_runs(STEPS_USUAL); i++) {
        struct percentile_bounds bounds;
        find_bounds(mu, rate, seconds, i + 1, &bounds);
        known += bounds.known;
        held += bounds.known && (double)bounds.low_ns <= truth_ns && truth_ns <= (double)bounds.high_ns;
        low += bounds.known && (double)bounds.high_ns < truth_ns;
    }
    print_message(
        "mu %.0f/s, %.0f/s for %.0f s: p99 known in %u of %u steps, its bounds hold the truth in %u, lie below it in "
        "%u\n",
        mu, rate, seconds, known, asked_runs(STEPS_USUAL), held, low);
    assert_true(known >= known_least * asked_runs(STEPS_USUAL));
    assert_true(held + 4 * sqrt(0.09 * known) >= 0.9 * known);
}

TEST(the_bounds_of_p99_hold_the_truth_of_a_fast_service_up_to_nine_tenths_of_what_it_serves)
{
    check_coverage(1000, 0.3, 5, 0.4);
    check_coverage(1000, 0.6, 5, 0);
    check_coverage(1000, 0.8, 5, 0);
    check_coverage(1000, 0.9, 5, 0);
}

/* What 5 s are too short for, ten times as many show. */
TEST(a_longer_step_bounds_p99_nearer_to_what_the_service_serves)
{
    check_coverage(1000, 0.6, 50, 0.9);
}

TEST(the_bounds_of_p99_hold_the_truth_of_a_slow_service)
{
    check_coverage(100, 0.3, 20, 0);
    check_coverage(100, 0.6, 20, 0);
    check_coverage(100, 0.8, 20, 0);
    check_coverage(100, 0.9, 20, 0);
}
