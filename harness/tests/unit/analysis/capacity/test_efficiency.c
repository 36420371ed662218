/* Scores, and each two services beside each other, out of made-up runs. */
#include "analysis/capacity/efficiency.h"
#include "analysis/capacity/pairs.h"

#include "log_builder.h"
#include "test.h"

#include <math.h>

/* Steps of 500, 1,000, 2,000 and 4,000/s; at the level number i a tenth of all requests take times[i] ms. */
static void climb(struct run_log *log, const char *name, unsigned trial, const double times[4], double cores)
{
    for (unsigned i = 0; i < 4; i++) {
        struct step_builder builder;

        step_builder_init(&builder, UINT64_C(500) << i);
        builder.backend = name;
        builder.trial = trial;
        builder.index = i;
        builder.host.cores = builder.host.cores_busy = cores;
        step_builder_slow(&builder, 0, BUILT_INTERVALS, builder.intervals[0].offered / 10, times[i]);
        log_builder_step(log, &builder);
    }
}

static void one_service(struct run_log *log, const double times[4])
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    climb(log, "go", 0, times, 0.8);
}

TEST(the_critical_capacity_is_the_geometric_mean_under_five_limits)
{
    struct run_log log;

    one_service(&log, (const double[4]){5, 20, 40, 400});
    struct findings findings = log_builder_findings(&log);
    const struct efficiency *efficiency = &findings.backends[0].efficiency;
    assert_true(efficiency->capacities[0] == 500);
    assert_true(efficiency->capacities[1] == 1000);
    for (size_t i = 2; i < EFFICIENCY_LIMITS; i++) {
        assert_true(efficiency->capacities[i] == 2000);
    }
    assert_float_equal(efficiency->critical_capacity, pow(500.0 * 1000 * 2000 * 2000 * 2000, 0.2), 1e-6);
    assert_true(efficiency->doublings == 2);
    assert_float_equal(efficiency->good_rps_per_core, 1000, 1e-6);
    assert_float_equal(efficiency->good_rps_per_100mb, 2000 / (60 * 1.048576 / 100), 1e-3);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(where_one_limit_has_no_break_or_no_pass_it_is_not_known)
{
    struct run_log log;

    one_service(&log, (const double[4]){5, 20, 40, 200});
    struct findings findings = log_builder_findings(&log);
    assert_true(isnan(findings.backends[0].efficiency.capacities[4]));
    assert_true(isnan(findings.backends[0].efficiency.critical_capacity));
    findings_release(&findings);
    run_log_release(&log);
    one_service(&log, (const double[4]){12, 20, 40, 400});
    findings = log_builder_findings(&log);
    assert_true(isnan(findings.backends[0].efficiency.capacities[0]));
    assert_true(findings.backends[0].efficiency.capacities[1] == 1000);
    findings_release(&findings);
    run_log_release(&log);
}

/* Connections are the level; each costs 20 KiB above 50 MiB. */
TEST(the_memory_of_a_connection_is_the_slope_over_good_steps)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        struct step_builder builder;
        step_builder_init(&builder, UINT64_C(64) << i);
        builder.index = i;
        builder.connections = UINT64_C(64) << i;
        builder.host.rss_mib = 50 + 20.0 / 1024 * (double)builder.connections;
        log_builder_step(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    assert_true(isnan(findings.backends[0].efficiency.bytes_per_connection)); /* rate doubles */
    findings.scenario.doubling = DOUBLING_OPEN;
    struct efficiency efficiency;
    efficiency_find(&findings, &findings.backends[0], &efficiency);
    assert_float_equal(efficiency.bytes_per_connection, 20480, 1);
    findings.backends[0].holds_at = 128; /* two good steps make no line */
    efficiency_find(&findings, &findings.backends[0], &efficiency);
    assert_true(isnan(efficiency.bytes_per_connection));
    findings_release(&findings);
    run_log_release(&log);
}

/* The connections that carry the load stay, and are not what memory rises by. */
TEST(the_memory_of_a_slow_connection_is_the_slope_over_good_steps)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        struct step_builder builder;
        step_builder_init(&builder, UINT64_C(64) << i);
        builder.index = i;
        builder.connections = 8;
        builder.host.rss_mib = 50 + 20.0 / 1024 * (double)(UINT64_C(64) << i);
        log_builder_step(&log, &builder);
        log.steps[i].load.slow.wanted = log.steps[i].load.slow.open = UINT64_C(64) << i;
    }
    struct findings findings = log_builder_findings(&log);
    struct efficiency efficiency;
    findings.scenario.doubling = DOUBLING_SLOW;
    efficiency_find(&findings, &findings.backends[0], &efficiency);
    assert_float_equal(efficiency.bytes_per_connection, 20480, 1);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(the_cpu_of_a_request_is_taken_where_all_hold)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_backend(&log, "node");
    climb(&log, "go", 0, (const double[4]){5, 5, 5, 400}, 0.8);
    climb(&log, "node", 0, (const double[4]){5, 5, 400, 400}, 1.6);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.common_level, 1000);
    assert_float_equal(findings.backends[0].efficiency.cpu_ns_per_request, 800000, 10);
    assert_float_equal(findings.backends[1].efficiency.cpu_ns_per_request, 1600000, 10);
    findings_release(&findings);
    run_log_release(&log);
}

static const struct pair *pair_of(const struct findings *findings, enum pair_figure figure)
{
    for (size_t i = 0; i < findings->pair_count; i++) {
        if (findings->pairs[i].figure == figure) {
            return &findings->pairs[i];
        }
    }
    fail();
    return NULL;
}

/* So many blocks; node takes `ratio` times the CPU of go, with a little spread. */
static void check_pairs(double ratio, unsigned trials, enum difference difference)
{
    struct run_log log;

    log_builder_init(&log);
    log.run.trials = trials;
    log_builder_backend(&log, "go");
    log_builder_backend(&log, "node");
    for (unsigned trial = 0; trial < trials; trial++) {
        double spread = 1 + 0.01 * (trial % 3), other = 1.005 + 0.01 * ((trial + 1) % 3);
        climb(&log, "go", trial, (const double[4]){5, 5, 5, 400}, 0.8 * spread);
        climb(&log, "node", trial, (const double[4]){5, 5, 5, 400}, 0.8 * ratio * other);
    }
    struct findings findings = log_builder_findings(&log);
    const struct pair *cpu = pair_of(&findings, PAIR_CPU);
    const struct pair *capacity = pair_of(&findings, PAIR_CAPACITY);
    assert_int_equal(cpu->test.blocks, trials);
    assert_int_equal(cpu->difference, difference);
    assert_float_equal(exp(cpu->test.estimate), 1 / ratio, 0.03);
    assert_int_equal(capacity->difference, trials < PAIR_BLOCKS_WANTED ? DIFFERENCE_UNPROVEN : DIFFERENCE_NOT_SEEN);
    assert_true(cpu->p_adjusted >= cpu->test.p);
    assert_true(cpu->difference != DIFFERENCE_SEEN || cpu->blocks_needed == 0);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(two_services_differ_where_six_trials_say_so)
{
    check_pairs(1.1, 6, DIFFERENCE_SEEN);
    check_pairs(1, 6, DIFFERENCE_NOT_SEEN);
    check_pairs(1.005, 3, DIFFERENCE_UNPROVEN);
    check_pairs(1.1, 1, DIFFERENCE_UNPROVEN);
}

TEST(a_capacity_has_an_interval_over_trials_and_none_of_one)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned trial = 0; trial < 6; trial++) {
        climb(&log, "go", trial, trial == 0 ? (const double[4]){5, 5, 400, 400} : (const double[4]){5, 5, 5, 400}, 0.8);
    }
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].holds_at, 2000);
    assert_int_equal(findings.backends[0].capacity_low, 1000);
    assert_int_equal(findings.backends[0].capacity_high, 2000);
    assert_float_equal(findings.backends[0].capacity_confidence, 1 - 2.0 / 64, 1e-9);
    findings_release(&findings);
    run_log_release(&log);
    one_service(&log, (const double[4]){5, 5, 5, 400});
    findings = log_builder_findings(&log);
    assert_true(findings.backends[0].capacity_confidence == 0);
    findings_release(&findings);
    run_log_release(&log);
}
