/* The simulated service against what is known of it exactly: without this, what other tests find with it says nothing.
 */
#include "simulated_service.h"

#include "analysis/usage/step_usage.h"
#include "analysis/verdict/validity.h"
#include "base/clock.h"
#include "test.h"

#include <math.h>
#include <string.h>

#define MS  CLOCK_MILLISECOND_NS
#define MIB 1048576.0

static const struct limits usual_limits = {.percentile = 0.99, .latency_ns = 50 * MS, .error_share = 0.001};

/* One server that works for 1 ms on the mean. */
static struct service_model one_server(enum work_shape shape)
{
    return (struct service_model){.queue = {.servers = 1, .shape = shape, .mean_work_ns = 1e6},
                                  .deadline_ns = CLOCK_SECOND_NS,
                                  .cpu_share = 1,
                                  .memory_bytes = 64 * MIB};
}

static struct planned_step planned(uint64_t rate, double seconds)
{
    return (struct planned_step){.level = rate,
                                 .rate = rate,
                                 .seed = 7,
                                 .warmup_ns = CLOCK_SECOND_NS,
                                 .measure_ns = (uint64_t)(seconds * 1e9),
                                 .drain_limit_ns = 5 * CLOCK_SECOND_NS,
                                 .interval_count = 20};
}

/* The step of a fresh process. The caller releases the record. */
static struct step_record fresh_step(const struct service_model *model, const struct planned_step *step)
{
    struct simulated_service service;
    struct step_record record;

    simulated_service_start(&service, model, 1);
    simulated_service_step(&service, step, &record);
    return record;
}

static void check_near(double value, double expected, double share)
{
    if (fabs(value - expected) > share * fabs(expected)) {
        fail_msg("%g instead of %g", value, expected);
    }
}

static double mean_ms(const struct step_record *record)
{
    return histogram_mean(&record->load.response) / 1e6;
}

static double quantile_ms(const struct step_record *record, double quantile)
{
    return (double)histogram_quantile(&record->load.response, quantile) / 1e6;
}

static void check_valid(const struct step_record *record)
{
    struct step_usage usage;
    bool invalid[INVALIDITY_COUNT];

    step_usage_find(record, 1, &usage);
    const struct validity_terms terms = {.host = &usage.host, .latency_ns = usual_limits.latency_ns};
    validity_find(record, &terms, invalid);
    for (int i = 0; i < INVALIDITY_COUNT; i++) {
        if (invalid[i]) {
            fail_msg("invalid: %s", invalidity_name(i));
        }
    }
}

TEST(exponential_work_gives_the_response_times_of_the_mm1_queue)
{
    const double loads[] = {0.3, 0.6, 0.8};
    struct service_model model = one_server(WORK_EXPONENTIAL);

    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        struct planned_step step = planned((uint64_t)(1000 * loads[i]), 400);
        struct step_record record = fresh_step(&model, &step);
        check_near(mean_ms(&record), 1 / (1 - loads[i]), 0.03);
        check_near(quantile_ms(&record, 0.5), log(2) / (1 - loads[i]), 0.03);
        check_near(quantile_ms(&record, 0.99), log(100) / (1 - loads[i]), 0.05);
        check_near(record.load.mean_in_flight, loads[i] / (1 - loads[i]), 0.03);
        check_valid(&record);
        step_record_release(&record);
    }
}

TEST(constant_work_waits_half_as_long)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(800, 200);
    struct step_record record = fresh_step(&model, &step);

    check_near(mean_ms(&record), 1 + 0.8 / (2 * 0.2), 0.03); /* Pollaczek and Khinchine */
    step_record_release(&record);
}

TEST(heavy_and_light_work_has_the_mean_that_was_asked_for)
{
    struct service_model model = one_server(WORK_BIMODAL);
    struct planned_step step = planned(20, 1000);

    model.queue.heavy_share = 0.05;
    model.queue.heavy_factor = 20;
    struct step_record record = fresh_step(&model, &step);
    check_near(mean_ms(&record), 1, 0.1);
    check_near(quantile_ms(&record, 0.5), 1 / 1.95, 0.02);
    check_near(quantile_ms(&record, 0.99), 20 / 1.95, 0.03);
    step_record_release(&record);
}

TEST(four_servers_share_one_queue)
{
    struct service_model model = one_server(WORK_EXPONENTIAL);
    struct planned_step step = planned(3200, 200);

    model.queue.servers = 4;
    struct step_record record = fresh_step(&model, &step);
    check_near(mean_ms(&record), 1 + 0.596 / 0.8, 0.03); /* Erlang C(4, 3.2) = 0.596 */
    step_record_release(&record);
}

/* The response times of a stall that returns: METHOD.md. */
TEST(a_pause_that_returns_shows_in_the_percentiles)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(200, 400);

    model.queue.mean_work_ns = 1e5;
    model.queue.pause_every_ns = 2 * CLOCK_SECOND_NS;
    model.queue.pause_ns = 200 * MS;
    struct step_record record = fresh_step(&model, &step);
    check_near(quantile_ms(&record, 0.95), 200 - 0.05 * 0.98 * 2000, 0.05);
    check_near(quantile_ms(&record, 0.99), 200 - 0.01 * 0.98 * 2000, 0.03);
    step_record_release(&record);
}

TEST(a_stall_strikes_once_in_the_measured_time_of_a_step)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(200, 5);

    model.queue.mean_work_ns = 1e5;
    model.queue.stall_chance = 1;
    model.queue.stall_ns = 120 * MS;
    struct step_record record = fresh_step(&model, &step);
    assert_in_range(record.load.response.max, 80 * MS, 121 * MS);
    check_near((double)histogram_count_above(&record.load.response, 1 * MS), 24, 0.5);
    step_record_release(&record);
}

TEST(a_share_of_the_responses_comes_later)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(500, 40);

    model.queue.mean_work_ns = 1e5;
    model.queue.tail_share = 0.02;
    model.queue.tail_ns = 80 * MS;
    struct step_record record = fresh_step(&model, &step);
    check_near(quantile_ms(&record, 0.97), 0.15, 0.5);
    check_near(quantile_ms(&record, 0.99), 80, 0.02);
    step_record_release(&record);
}

TEST(overload_ends_in_late_and_unanswered_requests)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(2000, 5);

    step.drain_limit_ns = 2 * CLOCK_SECOND_NS;
    struct step_record record = fresh_step(&model, &step);
    const struct tally *tally = &record.load.tally;

    /* 6 s at twice its capacity leave 6,000 requests, of which the second after the last one serves 1,000; those that
     * were due in the measured time and are given up are the others. */
    check_near((double)record.load.intervals[19].in_flight, 6000, 0.05);
    check_near((double)tally->failures[FAILURE_UNANSWERED], 5000, 0.05);
    assert_int_equal(record.load.censored, tally->failures[FAILURE_UNANSWERED]);
    assert_true(tally->failures[FAILURE_TIMEOUT] > 0);
    assert_int_equal(tally->offered, tally->good + tally_failed(tally));
    assert_false(record.load.drained);
    assert_int_equal(record.load.drain_ns, 3 * CLOCK_SECOND_NS);
    step_record_release(&record);
}

TEST(what_is_above_the_admitted_rate_is_refused)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(2000, 20);

    model.queue.mean_work_ns = 1e5;
    model.queue.admitted_rps = 1000;
    model.queue.admitted_burst = 10;
    struct step_record record = fresh_step(&model, &step);
    check_near((double)record.load.tally.failures[FAILURE_STATUS], 20000, 0.05);
    check_near((double)record.load.tally.good, 20000, 0.05);
    step_record_release(&record);
}

TEST(a_process_that_crashes_answers_so_many_and_then_no_more)
{
    struct service_model model = one_server(WORK_EXPONENTIAL);
    struct planned_step step = planned(800, 5);
    struct simulated_service service;
    struct step_record record;

    model.queue.crash_after = 6000;
    simulated_service_start(&service, &model, 1);
    simulated_service_step(&service, &step, &record);
    assert_false(record.death.died);
    step_record_release(&record);

    simulated_service_step(&service, &step, &record);
    const struct request_record *request = &record.load.requests[0];
    assert_true(record.death.died);
    check_near((double)(record.death.at_ns - record.load.started_ns), 0.6e9, 0.5);
    check_near((double)request->good, 1200, 0.3);
    assert_int_equal(request->sent, request->good + request->late + request->lost);
    assert_true(record.load.tally.failures[FAILURE_CONNECT] > 3000);
    step_record_release(&record);

    simulated_service_step(&service, &step, &record);
    assert_int_equal(record.load.tally.failures[FAILURE_CONNECT], record.load.tally.offered);
    step_record_release(&record);
}

TEST(a_cold_process_is_slow_for_as_long_as_it_is_cold)
{
    struct service_model model = one_server(WORK_CONSTANT);
    struct planned_step step = planned(200, 5);
    struct simulated_service service;
    struct step_record record;

    model.queue.cold_ns = 8 * CLOCK_SECOND_NS;
    model.queue.cold_factor = 3;
    simulated_service_start(&service, &model, 1);
    simulated_service_step(&service, &step, &record);
    check_near(quantile_ms(&record, 0.2), 3, 0.02);
    step_record_release(&record);
    simulated_service_rest(&service, 2 * CLOCK_SECOND_NS);
    simulated_service_step(&service, &step, &record);
    check_near(quantile_ms(&record, 0.5), 1, 0.02);
    step_record_release(&record);
}

TEST(the_host_shows_the_work_that_was_done)
{
    const double loads[] = {0.3, 0.8, 1.6};
    struct service_model model = one_server(WORK_EXPONENTIAL);

    model.memory_per_request_bytes = 1024;
    for (size_t i = 0; i < sizeof loads / sizeof loads[0]; i++) {
        struct planned_step step = planned((uint64_t)(1000 * loads[i]), 20);
        struct step_record record = fresh_step(&model, &step);
        struct step_usage usage;
        step_usage_find(&record, 1, &usage);
        assert_true(usage.host.known);
        check_near(usage.host.service_cores, fmin(loads[i], 1), 0.05);
        check_near(usage.host.busiest_thread_share, fmin(loads[i], 1), 0.05);
        check_near(usage.host.service_cores_busy, fmin(loads[i] + 0.02, 1.02), 0.05);
        assert_true(usage.host.rss_peak_bytes > usage.host.rss_first_bytes + (uint64_t)(18 * loads[i] * 1e6));
        assert_true(record.memory.peak_bytes >= usage.host.rss_peak_bytes);
        step_record_release(&record);
    }
}

TEST(a_service_that_waits_uses_no_cpu)
{
    struct service_model model = one_server(WORK_EXPONENTIAL);
    struct planned_step step = planned(800, 5);
    struct step_usage usage;

    model.cpu_share = 0.1;
    struct step_record record = fresh_step(&model, &step);
    step_usage_find(&record, 1, &usage);
    check_near(usage.host.service_cores, 0.08, 0.1);
    step_record_release(&record);
}

TEST(a_seed_gives_the_same_step_and_another_gives_another)
{
    struct service_model model = one_server(WORK_EXPONENTIAL);
    struct planned_step step = planned(800, 5);
    struct step_record a = fresh_step(&model, &step), b = fresh_step(&model, &step);

    assert_memory_equal(a.load.response.counts, b.load.response.counts,
                        a.load.response.count_length * sizeof *a.load.response.counts);
    assert_true(a.load.response.sum == b.load.response.sum);
    assert_memory_equal(a.samples, b.samples, a.sample_count * sizeof *a.samples);
    step_record_release(&b);
    step.seed++;
    b = fresh_step(&model, &step);
    assert_true(a.load.response.sum != b.load.response.sum);
    step_record_release(&a);
    step_record_release(&b);
}
