#include "analysis/findings.h"

#include "base/error.h"
#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

#define MS  UINT64_C(1000000)
#define MIB 1048576.0

/* The finding of one step of a run of its own. The findings and the log live until the next call. */
struct one_step {
    struct run_log log;
    struct findings findings;
    const struct step_finding *step;
};

static void one_step_init(struct one_step *one, const struct step_builder *builder)
{
    log_builder_init(&one->log);
    log_builder_backend(&one->log, builder->backend);
    log_builder_step(&one->log, builder);
    one->findings = log_builder_findings(&one->log);
    one->step = &one->findings.backends[0].steps[0];
}

static void one_step_release(struct one_step *one)
{
    findings_release(&one->findings);
    run_log_release(&one->log);
}

/* --- figures of a step -------------------------------------------------------------------------------------------- */

TEST(percentiles_are_shown_from_ten_samples_above_them_on)
{
    const struct {
        uint64_t samples;
        unsigned shown; /* of p50, p90, p99, p99.9, the first so many */
    } cases[] = {{1, 0}, {19, 0}, {20, 1}, {99, 1}, {100, 2}, {999, 2}, {1000, 3}, {9999, 3}, {10000, 4}, {10001, 4}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_builder builder;
        struct one_step one;
        step_builder_init(&builder, 0);
        builder.intervals[3].offered = cases[i].samples;
        one_step_init(&one, &builder);
        const uint64_t times[] = {one.step->p50_ns, one.step->p90_ns, one.step->p99_ns, one.step->p999_ns};
        for (unsigned k = 0; k < 4; k++) {
            assert_int_equal(times[k] != NO_TIME, k < cases[i].shown);
        }
        assert_int_equal(one.step->service_p50_ns != NO_TIME, cases[i].shown > 0);
        assert_int_equal(one.step->service_p99_ns != NO_TIME, cases[i].shown > 2);
        assert_int_equal(one.step->max_ns, 4 * MS);
        assert_true(one.step->mean_ns != NO_TIME);
        one_step_release(&one);
    }
}

TEST(times_are_those_of_the_step)
{
    struct step_builder builder;
    struct one_step one;

    /* 10,000 requests: 2 to 4 ms evenly, and fifteen that took 75. */
    step_builder_init(&builder, 2000);
    step_builder_slow(&builder, 0, 15, 1, 75);
    one_step_init(&one, &builder);
    assert_float_equal((double)one.step->p50_ns, 3.0e6, 0.02e6);
    assert_float_equal((double)one.step->p90_ns, 3.8e6, 0.02e6);
    assert_float_equal((double)one.step->p99_ns, 3.98e6, 0.02e6);
    assert_int_equal(one.step->p999_ns, 75 * MS);
    assert_int_equal(one.step->max_ns, 75 * MS);
    assert_float_equal((double)one.step->mean_ns, 3.11e6, 0.01e6);
    assert_int_equal(one.step->service_p50_ns, one.step->p50_ns);
    one_step_release(&one);
}

TEST(without_an_answer_there_is_no_time)
{
    struct step_builder builder;
    struct one_step one;

    step_builder_init(&builder, 2000);
    step_builder_fail(&builder, 0, 20, 500, FAILURE_CONNECT);
    one_step_init(&one, &builder);
    assert_true(one.step->mean_ns == NO_TIME && one.step->p50_ns == NO_TIME && one.step->max_ns == NO_TIME);
    assert_true(one.step->service_p50_ns == NO_TIME);
    assert_int_equal(one.step->cpu_ns_per_request, 0);
    one_step_release(&one);
}

TEST(rates_are_counts_over_the_measured_part)
{
    struct step_builder builder;
    struct one_step one;

    step_builder_init(&builder, 2000);
    step_builder_fail(&builder, 0, 10, 50, FAILURE_STATUS);
    step_builder_fail(&builder, 10, 20, 25, FAILURE_RESET);
    one_step_init(&one, &builder);
    assert_float_equal(one.step->offered_rps, 2000, 1e-9);
    assert_float_equal(one.step->completed_rps, 1950, 1e-9); /* a wrong status is an answer, a reset is none */
    assert_float_equal(one.step->good_rps, 1850, 1e-9);
    assert_float_equal(one.step->failed_share, 0.075, 1e-9);
    one_step_release(&one);
}

TEST(cpu_a_request_is_that_of_the_service_by_completed_requests)
{
    struct step_builder builder;
    struct one_step one;

    step_builder_init(&builder, 2000);
    builder.host.cores = 0.8;
    one_step_init(&one, &builder);
    assert_float_equal((double)one.step->cpu_ns_per_request, 400000, 1);
    one_step_release(&one);
    step_builder_fail(&builder, 0, 20, 250, FAILURE_RESET);
    one_step_init(&one, &builder);
    assert_float_equal((double)one.step->cpu_ns_per_request, 800000, 1);
    one_step_release(&one);
}

TEST(an_empty_record_gives_no_figures_and_no_verdict)
{
    struct step_builder builder;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step_builder_init(&builder, 0);
    builder.host.sampled = false;
    log_builder_step(&log, &builder)->load.measured_ns = 0;
    struct findings findings = log_builder_findings(&log);
    const struct step_finding *step = &findings.backends[0].steps[0];
    assert_true(step->offered_rps == 0 && step->failed_share == 0 && step->p50_ns == NO_TIME);
    assert_int_equal(step->verdict.verdict, VERDICT_INVALID);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_step_that_says_nothing_names_the_generator_only_where_it_was_the_generator)
{
    struct step_builder late, disturbed;
    struct one_step one;

    step_builder_init(&late, 2000);
    late.lag_us = 9000;
    one_step_init(&one, &late);
    assert_int_equal(one.step->cause.cause, CAUSE_GENERATOR);
    one_step_release(&one);
    step_builder_init(&disturbed, 2000);
    step_builder_slow(&disturbed, 0, 20, 60, 75);
    disturbed.host.cores_busy = 2;
    disturbed.host.run_delay = 0.5;
    one_step_init(&one, &disturbed);
    assert_int_equal(one.step->verdict.verdict, VERDICT_INVALID);
    assert_int_equal(one.step->cause.cause, CAUSE_UNKNOWN);
    one_step_release(&one);
}

TEST(a_break_has_a_cause_and_a_pass_has_none)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "pb");
    struct findings findings = log_builder_findings(&log);
    const struct step_finding *steps = findings.backends[0].steps;
    assert_int_equal(steps[0].cause.cause, CAUSE_UNKNOWN);
    assert_int_equal(steps[0].cause.evidence_count, 0);
    assert_int_equal(steps[1].cause.cause, CAUSE_WAITING);
    assert_true(steps[1].cause.evidence_count > 0);
    assert_float_equal(steps[1].usage.host.service_cores, 0.8, 1e-6);
    findings_release(&findings);
    run_log_release(&log);
}

/* --- backends ----------------------------------------------------------------------------------------------------- */

static void check_backends(const struct findings *findings, const char *const *names, size_t count)
{
    assert_int_equal(findings->backend_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_string_equal(findings->backends[i].record->name, names[i]);
    }
}

TEST(backends_come_by_capacity_then_by_name_and_skipped_ones_last)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_skip(&log, "zig", "zig is not installed");
    log_builder_backend(&log, "python");
    log_builder_backend(&log, "node");
    log_builder_skip(&log, "erlang", "verify found a difference");
    log_builder_backend(&log, "rust");
    log_builder_backend(&log, "go");
    log_builder_backend(&log, "c");
    log_builder_climb(&log, "rust", 0, "pppb");
    log_builder_climb(&log, "python", 0, "b");
    log_builder_climb(&log, "go", 0, "ppib");
    log_builder_climb(&log, "node", 0, "ppbb");
    log_builder_climb(&log, "c", 0, "ii");
    struct findings findings = log_builder_findings(&log);
    check_backends(&findings, (const char *const[]){"rust", "go", "node", "c", "python", "erlang", "zig"}, 7);
    assert_int_equal(findings.backends[0].holds_at, 2000);
    assert_int_equal(findings.backends[0].breaks_at, 4000);
    assert_int_equal(findings.backends[1].step_count, 4);
    assert_true(findings.backends[3].all_invalid);
    assert_int_equal(findings.backends[5].step_count, 0);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(the_steps_of_a_backend_stay_where_the_finding_points_after_sorting)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "slow");
    log_builder_backend(&log, "fast");
    log_builder_climb(&log, "slow", 0, "pb");
    log_builder_climb(&log, "fast", 0, "pppb");
    struct findings findings = log_builder_findings(&log);
    for (size_t i = 0; i < 2; i++) {
        const struct backend_finding *backend = &findings.backends[i];
        assert_true(backend->last_good >= backend->steps && backend->last_good < backend->steps + backend->step_count);
        assert_string_equal(backend->last_good->record->backend, backend->record->name);
        assert_int_equal(backend->last_good->record->level, backend->holds_at);
        assert_int_equal(backend->first_break->record->level, backend->breaks_at);
    }
    findings_release(&findings);
    run_log_release(&log);
}

TEST(interleaved_trials_are_put_in_order)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_backend(&log, "node");
    log_builder_climb(&log, "node", 1, "pb");
    log_builder_climb(&log, "go", 2, "pppb");
    log_builder_climb(&log, "go", 0, "pb");
    log_builder_climb(&log, "node", 0, "b");
    log_builder_climb(&log, "go", 1, "ppb");
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    assert_string_equal(go->record->name, "go");
    assert_int_equal(go->trials, 3);
    for (size_t i = 1; i < go->step_count; i++) {
        const struct step_record *before = go->steps[i - 1].record, *step = go->steps[i].record;
        assert_true(before->trial < step->trial || (before->trial == step->trial && before->index < step->index));
    }
    assert_int_equal(go->holds_at, 1000);
    assert_int_equal(go->holds_least, 500);
    assert_int_equal(go->holds_most, 2000);
    assert_int_equal(findings.backends[1].trials, 2);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(the_steps_trial_by_trial_may_be_cut_in_two_by_a_resumed_run)
{
    struct run_log log;
    struct step_builder builder;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "pp");
    log_builder_climb(&log, "go", 1, "ppb");
    step_builder_init(&builder, 2000);
    builder.index = 2;
    step_builder_slow(&builder, 0, 20, 60, 75);
    log_builder_step(&log, &builder);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].trials, 2);
    assert_int_equal(findings.backends[0].breaks_at, 2000);
    assert_int_equal(findings.backends[0].first_break->record->trial, 0);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(a_run_without_backends_has_no_findings)
{
    struct run_log log;

    log_builder_init(&log);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backend_count, 0);
    assert_ptr_equal(findings.log, &log);
    assert_string_equal(findings.scenario.name, "catalog");
    findings_release(&findings);
    assert_null(findings.backends);
    run_log_release(&log);
}

TEST(cores_are_counted_in_lists_and_ranges)
{
    const struct {
        const char *cores;
        unsigned count;
    } cases[] = {{"0", 1},    {"7", 1},   {"1-3", 3}, {"1-3,5", 4}, {"0,2,4-7", 6}, {"0-63", 64}, {"", 1},
                 {"junk", 1}, {"5-1", 1}, {"3-", 1},  {",", 1},     {"1,9-2,4", 1}, {"0-0", 1},   {"2,", 1}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct run_log log;
        log_builder_init(&log);
        free(log.run.service_cores);
        log.run.service_cores = mem_string(cases[i].cores);
        struct findings findings = log_builder_findings(&log);
        print_message("\"%s\"\n", cases[i].cores);
        assert_int_equal(findings.service_core_count, cases[i].count);
        findings_release(&findings);
        run_log_release(&log);
    }
}
