/* What a request costs a fresh process, and the same one later: as a figure of its own. */
#include "analysis/after/cold_start.h"

#include "analysis/findings.h"
#include "log_builder.h"
#include "test.h"

#define CORES 2

/* A step of 500/s in which the service uses so many cores: 2 ms of CPU a request for each. */
static struct step_builder of(double cores)
{
    struct step_builder builder;

    step_builder_init(&builder, 500);
    builder.host.cores = cores;
    builder.host.cores_busy = cores + 0.05;
    return builder;
}

static void find(const struct step_builder *first, const struct step_builder *recovery, struct cold_start *ret_found)
{
    struct step_record before, after;

    step_builder_make(first, &before);
    step_builder_make(recovery, &after);
    cold_start_find(&before, &after, CORES, ret_found);
    step_record_release(&before);
    step_record_release(&after);
}

static void check_near(double value, double expected)
{
    assert_true(value > 0.98 * expected && value < 1.02 * expected);
}

TEST(a_cold_process_has_both_figures_and_their_ratio)
{
    struct step_builder first = of(1.6), recovery = of(0.4);
    struct cold_start found;

    find(&first, &recovery, &found);
    assert_true(found.known && found.cold);
    check_near(found.cold_cpu_ns, 3.2e6);
    check_near(found.warm_cpu_ns, 0.8e6);
    check_near(found.ratio, 4);
}

TEST(a_process_that_costs_the_same_all_along_was_not_cold)
{
    struct step_builder first = of(0.5), recovery = of(0.4);
    struct cold_start found;

    find(&first, &recovery, &found);
    assert_true(found.known);
    assert_false(found.cold);
    check_near(found.ratio, 1.25);
}

TEST(nothing_is_said_where_one_of_the_two_was_not_read)
{
    struct step_builder good = of(1), unread = of(1), idle = of(1);
    struct cold_start found;
    struct step_record record;

    unread.host.sampled = false;
    step_builder_fail(&idle, 0, BUILT_INTERVALS, idle.intervals[0].offered, FAILURE_RESET);
    find(&unread, &good, &found);
    assert_false(found.known || found.cold);
    find(&good, &unread, &found);
    assert_false(found.known || found.cold);
    find(&idle, &good, &found);
    assert_false(found.known || found.cold);
    step_builder_make(&good, &record);
    cold_start_find(&record, NULL, CORES, &found);
    assert_false(found.known);
    cold_start_find(NULL, &record, CORES, &found);
    assert_false(found.known);
    record.not_watched = true;
    cold_start_find(&record, &record, CORES, &found);
    assert_false(found.known);
    step_record_release(&record);
}

/* As bench/climb.c has it: an invalid first step does not count, its repetition does. */
TEST(a_run_has_it_of_the_first_valid_step_and_the_recovery_of_one_trial)
{
    struct step_builder disturbed = of(0.2), first = of(1.6), recovery = of(0.4);
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    disturbed.lag_us = 9000;
    log_builder_step(&log, &disturbed);
    log_builder_step(&log, &first)->attempt = 1;
    log_builder_recovery(&log, &recovery);
    struct findings findings = log_builder_findings(&log);
    const struct cold_start *found = &findings.backends[0].cold_start;
    assert_true(found->known && found->cold);
    assert_ptr_equal(found->first, &log.steps[1]);
    assert_ptr_equal(found->warm, &log.recoveries[0]);
    check_near(found->ratio, 4);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_run_without_a_recovery_has_none)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    struct findings findings = log_builder_findings(&log);
    assert_false(findings.backends[0].cold_start.known);
    findings_release(&findings);
    run_log_release(&log);
}
