/* What a run says of the steady loads in it. */
#include "analysis/findings.h"

#include "log_builder.h"
#include "test.h"

static struct step_builder steady(unsigned trial, uint64_t level)
{
    struct step_builder builder;

    step_builder_init(&builder, level);
    builder.trial = trial;
    return builder;
}

TEST(a_service_without_one_has_none)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    struct findings findings = log_builder_findings(&log);
    assert_null(findings.backends[0].soak.step);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(it_is_judged_as_any_step)
{
    struct step_builder builder = steady(0, 500);
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    step_builder_slow(&builder, 8, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
    log_builder_soak(&log, &builder);
    struct findings findings = log_builder_findings(&log);
    const struct soak_finding *soak = &findings.backends[0].soak;
    assert_non_null(soak->step);
    assert_int_equal(soak->step->verdict.verdict, VERDICT_BREAK);
    assert_int_equal(soak->step->verdict.breaches[0].limit, LIMIT_LATENCY);
    assert_int_equal(soak->step->verdict.breaches[0].at_ns, UINT64_C(2250000000));
    assert_true(soak->step->p99_ns > UINT64_C(70000000));
    assert_int_equal(findings.backends[0].step_count, 3); /* it is none of them */
    assert_int_equal(findings.backends[0].holds_at, 1000);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(other_limits_judge_it_again)
{
    static const char *const changes[] = {"p99=200ms", NULL};
    struct step_builder builder = steady(0, 500);
    struct findings findings;
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    step_builder_slow(&builder, 8, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
    log_builder_soak(&log, &builder);
    assert_int_equal(findings_make(&findings, &log, changes, NULL), 0);
    assert_int_equal(findings.backends[0].soak.step->verdict.verdict, VERDICT_PASS);
    findings_release(&findings);
    run_log_release(&log);
}

/* The trial in the middle holds 1,000/s: the second. */
TEST(it_is_that_of_the_trial_that_stands_for_the_service)
{
    static const char *const climbs[] = {"pb", "ppb", "pppb"};
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned trial = 0; trial < 3; trial++) {
        struct step_builder builder = steady(trial, UINT64_C(250) << trial);
        log_builder_climb(&log, "go", trial, climbs[trial]);
        log_builder_soak(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].soak.step->record->trial, 1);
    assert_int_equal(findings.backends[0].soak.step->record->level, 500);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(of_one_that_was_repeated_the_repetition_counts)
{
    struct step_builder first = steady(0, 500), again = steady(0, 500);
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    log_builder_soak(&log, &first);
    log_builder_soak(&log, &again);
    struct findings findings = log_builder_findings(&log);
    assert_ptr_equal(findings.backends[0].soak.step->record, &log.soaks[1]);
    findings_release(&findings);
    run_log_release(&log);
}

TEST(memory_that_rises_is_told_with_its_time_to_the_limit)
{
    struct step_builder builder = steady(0, 500);
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    log_builder_climb(&log, "go", 0, "ppb");
    struct step_record *record = log_builder_soak(&log, &builder);
    for (size_t i = 0; i < record->sample_count; i++) {
        record->samples[i].rss_bytes += 104858 * i; /* a MiB a second */
    }
    struct findings findings = log_builder_findings(&log);
    const struct soak_finding *soak = &findings.backends[0].soak;
    assert_int_equal(soak->step->verdict.verdict, VERDICT_PASS); /* a few MiB: nothing to a step's limits */
    assert_true(soak->memory.rises);
    assert_in_range((uint64_t)soak->memory.bytes_per_s.slope, 1040000, 1057000);
    assert_in_range((uint64_t)soak->memory.limit_after_s, 440, 450);
    findings_release(&findings);
    run_log_release(&log);
}
