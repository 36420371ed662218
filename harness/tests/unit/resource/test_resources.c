/* What runs out first, out of made-up ladders whose truth is known. */
#include "analysis/resource/resources.h"

#include "resource_climb.h"
#include "test.h"

#include <math.h>

#define MIB UINT64_C(1048576)

/* 100 us a request: 10,000/s need all of the core, 9,000/s the 90 % from which it counts as used up. */
TEST(cores_that_were_used_up_are_measured_between_two_steps)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 6, 100);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *cpu = resource_climb_found(&findings, RESOURCE_CPU);
    assert_ptr_equal(resource_first(&findings.backends[0]), cpu);
    assert_true(cpu->measured && cpu->end == RESOURCE_END_MEASURED);
    assert_true(cpu->low == 8000 && cpu->high == 16000);
    assert_float_equal(cpu->exhausted_at, 9000, 20);
    assert_float_equal(cpu->used, 0.8, 0.001);
    assert_int_equal(cpu->used_at, 8000);
    assert_float_equal(cpu->doubled, 16000 / 9000.0, 0.01); /* 8,000/s held; of the 90 % that count as all */
    assert_int_equal(cpu->trials, 1);
    assert_int_equal(cpu->exhausted_in, 1);
    resource_climb_release(&findings, &log);
}

TEST(cores_that_were_not_are_projected_with_an_interval)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 4, 100);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *cpu = resource_climb_found(&findings, RESOURCE_CPU);
    assert_false(cpu->measured);
    assert_int_equal(cpu->end, RESOURCE_END_PROJECTED);
    assert_float_equal(cpu->exhausted_at, 9000, 20);
    assert_true(cpu->low > 4000 && cpu->low < 9000);
    assert_true(cpu->high > 10000 && cpu->high < 20000);
    resource_climb_release(&findings, &log);
}

TEST(over_trials_the_load_is_their_median)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 6, 100);
    resource_climb(&log, 1, 6, 120); /* 7,500/s */
    resource_climb(&log, 2, 6, 90);  /* 10,000/s */
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *cpu = resource_climb_found(&findings, RESOURCE_CPU);
    assert_int_equal(cpu->exhausted_in, 3);
    assert_true(cpu->low <= 8000 && cpu->high == 16000);
    assert_true(cpu->exhausted_at >= 8000 && cpu->exhausted_at <= 10000);
    resource_climb_release(&findings, &log);
}

TEST(what_a_minority_of_trials_used_up_is_projected)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 6, 100);
    resource_climb(&log, 1, 4, 100);
    resource_climb(&log, 2, 4, 100);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *cpu = resource_climb_found(&findings, RESOURCE_CPU);
    assert_int_equal(cpu->trials, 3);
    assert_int_equal(cpu->exhausted_in, 1);
    assert_int_equal(cpu->end, RESOURCE_END_PROJECTED);
    assert_float_equal(cpu->exhausted_at, 9000, 20);
    resource_climb_release(&findings, &log);
}

/* ---- nothing invented ------------------------------------------------------------------------------------------- */

TEST(what_does_not_grow_has_no_load)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 5, 10);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *memory = resource_climb_found(&findings, RESOURCE_MEMORY);
    assert_int_equal(memory->end, RESOURCE_END_FLAT);
    assert_true(isnan(memory->exhausted_at) && isnan(memory->low) && isnan(memory->high));
    assert_true(memory->used == 60.0 * (double)MIB);
    assert_int_equal(resource_climb_found(&findings, RESOURCE_ACCEPT_QUEUE)->end, RESOURCE_END_OPEN);
    resource_climb_release(&findings, &log);
}

TEST(nothing_is_projected_beyond_16_times_the_highest_load)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 4, 10); /* 4 % of the core at 4,000/s */
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *cpu = resource_climb_found(&findings, RESOURCE_CPU);
    assert_int_equal(cpu->end, RESOURCE_END_FAR);
    assert_true(isnan(cpu->exhausted_at) && cpu->low > 32000 && cpu->low <= 64000);
    assert_null(resource_first(&findings.backends[0]));
    resource_climb_release(&findings, &log);
}

TEST(invalid_steps_say_nothing)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 4, 100);
    struct step_builder builder = resource_climb_step(4, 8000, 200);
    builder.lag_us = 9000;
    log_builder_step(&log, &builder);
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].steps[4].verdict.verdict, VERDICT_INVALID);
    assert_false(resource_climb_found(&findings, RESOURCE_CPU)->measured);
    resource_climb_release(&findings, &log);
}

TEST(what_was_not_read_is_not_known)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    for (unsigned i = 0; i < 4; i++) {
        struct step_builder builder = resource_climb_step(i, UINT64_C(500) << i, 100);
        builder.host.sampled = false;
        log_builder_step(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    const enum resource unread[] = {RESOURCE_CPU, RESOURCE_MEMORY, RESOURCE_FILE_DESCRIPTORS, RESOURCE_ACCEPT_QUEUE,
                                    RESOURCE_NETWORK};
    for (size_t i = 0; i < sizeof unread / sizeof unread[0]; i++) {
        const struct resource_finding *found = resource_climb_found(&findings, unread[i]);
        assert_false(found->known);
        assert_int_equal(found->end, RESOURCE_END_UNKNOWN);
    }
    assert_null(resource_climb_found(&findings, RESOURCE_QUOTA));
    assert_null(resource_climb_found(&findings, RESOURCE_POOL));
    assert_null(resource_climb_found(&findings, RESOURCE_DEPENDENCY));
    assert_null(resource_first(&findings.backends[0]));
    resource_climb_release(&findings, &log);
}

TEST(a_service_without_steps_has_no_resources)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(findings.backends[0].resource_count, 0);
    assert_null(resource_first(&findings.backends[0]));
    resource_climb_release(&findings, &log);
}

TEST(they_stand_in_the_order_in_which_they_are_used_up)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb_memory(&log, 4);
    struct findings findings = log_builder_findings(&log);
    const struct backend_finding *go = &findings.backends[0];
    bool ended = false;
    for (size_t i = 1; i < go->resource_count; i++) {
        double before = go->resources[i - 1].exhausted_at, at = go->resources[i].exhausted_at;
        ended = ended || isnan(before);
        assert_true(isnan(at) || (!ended && before <= at));
    }
    assert_int_equal(go->resources[go->resource_count - 1].resource, RESOURCE_NETWORK);
    resource_climb_release(&findings, &log);
}
