/* Each resource out of made-up ladders in which it is the one that is used up. */
#include "analysis/resource/resource_use.h"

#include "analysis/findings.h"
#include "analysis/resource/resources.h"
#include "resource_climb.h"
#include "test.h"

#include <math.h>

#define MIB UINT64_C(1048576)

/* ---- CPU -------------------------------------------------------------------------------------------------------- */

TEST(one_core_has_no_thread_beside_it)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 6, 100);
    struct findings findings = log_builder_findings(&log);
    assert_null(resource_climb_found(&findings, RESOURCE_THREAD));
    resource_climb_release(&findings, &log);
}

/* Of two cores. */
TEST(one_thread_that_does_all_the_work_is_used_up_before_the_cores)
{
    struct run_log log;

    resource_climb_log(&log, "2-3");
    resource_climb(&log, 0, 4, 100);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *thread = resource_climb_found(&findings, RESOURCE_THREAD);
    assert_ptr_equal(resource_first(&findings.backends[0]), thread);
    assert_float_equal(thread->exhausted_at, 9000, 20);
    assert_float_equal(resource_climb_found(&findings, RESOURCE_CPU)->exhausted_at, 18000, 40);
    resource_climb_release(&findings, &log);
}

TEST(a_thread_with_half_of_the_work_is_not_projected)
{
    struct run_log log;

    resource_climb_log(&log, "2-3");
    for (unsigned i = 0; i < 4; i++) {
        struct step_builder builder = resource_climb_step(i, UINT64_C(500) << i, 100);
        builder.host.busiest_thread /= 2;
        log_builder_step(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    assert_int_equal(resource_climb_found(&findings, RESOURCE_THREAD)->end, RESOURCE_END_OPEN);
    assert_int_equal(resource_first(&findings.backends[0])->resource, RESOURCE_CPU);
    resource_climb_release(&findings, &log);
}

/* 0.3 cores, of which 100 us a request use 90 % up at 2,700/s. */
TEST(a_quota_is_used_up_before_the_core)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb(&log, 0, 3, 100);
    for (size_t i = 0; i < log.step_count; i++) {
        for (size_t k = 0; k < log.steps[i].sample_count; k++) {
            log.steps[i].samples[k].service_group_quota_cores = 0.3;
        }
    }
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *quota = resource_first(&findings.backends[0]);
    assert_int_equal(quota->resource, RESOURCE_QUOTA);
    assert_float_equal(quota->exhausted_at, 2700, 10);
    assert_int_equal(quota->end, RESOURCE_END_PROJECTED);
    resource_climb_release(&findings, &log);
}

/* ---- memory and descriptors ------------------------------------------------------------------------------------- */

TEST(memory_and_file_descriptors_are_projected_to_their_limits)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb_memory(&log, 4);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *memory = resource_climb_found(&findings, RESOURCE_MEMORY);
    const struct resource_finding *descriptors = resource_climb_found(&findings, RESOURCE_FILE_DESCRIPTORS);
    assert_ptr_equal(resource_first(&findings.backends[0]), memory);
    assert_float_equal(memory->exhausted_at, 452, 1);
    assert_true(memory->low < 452 && memory->high > 452 && memory->high < 900);
    assert_true(memory->most == 512.0 * (double)MIB);
    assert_float_equal(descriptors->exhausted_at, 1000, 1);
    resource_climb_release(&findings, &log);
}

TEST(memory_above_its_limit_is_measured_where_the_line_passes_it)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb_memory(&log, 5);
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *memory = resource_climb_found(&findings, RESOURCE_MEMORY);
    assert_true(memory->measured);
    assert_true(memory->low == 320 && memory->high == 640);
    assert_float_equal(memory->exhausted_at, 452, 1);
    resource_climb_release(&findings, &log);
}

/* The search comes down from 320/s with the memory of 320/s. */
TEST(memory_that_was_kept_from_a_higher_load_is_not_that_of_a_lower_one)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb_memory(&log, 4);
    for (unsigned i = 0; i < 2; i++) {
        struct step_builder builder = resource_climb_step(4 + i, 200 + 40 * i, 100);
        builder.host.rss_mib = 380;
        log_builder_step(&log, &builder)->phase = PHASE_SEARCH;
    }
    struct findings findings = log_builder_findings(&log);
    assert_float_equal(resource_climb_found(&findings, RESOURCE_MEMORY)->exhausted_at, 452, 1);
    resource_climb_release(&findings, &log);
}

TEST(without_a_limit_of_its_own_memory_ends_with_the_machines)
{
    struct run_log log;
    struct findings findings;
    struct error err = {0};

    resource_climb_log(&log, "2");
    resource_climb_memory(&log, 4);
    log.run.machine.memory_bytes = 700 * MIB;
    assert_int_equal(findings_make(&findings, &log, (const char *const[]){"memory=none", NULL}, &err), 0);
    assert_float_equal(resource_climb_found(&findings, RESOURCE_MEMORY)->exhausted_at, 640, 1);
    resource_climb_release(&findings, &log);
}

TEST(the_tightest_limit_of_a_control_group_is_the_limit)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    resource_climb_memory(&log, 4);
    for (size_t i = 0; i < log.step_count; i++) {
        for (size_t k = 0; k < log.steps[i].sample_count; k++) {
            log.steps[i].samples[k].service_group_memory_limit_bytes = 460 * MIB;
        }
    }
    struct findings findings = log_builder_findings(&log);
    assert_float_equal(resource_climb_found(&findings, RESOURCE_MEMORY)->exhausted_at, 400, 1);
    resource_climb_release(&findings, &log);
}

/* ---- queues and connections ------------------------------------------------------------------------------------- */

TEST(an_accept_queue_is_used_up_where_it_overflowed)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    for (unsigned i = 0; i < 4; i++) {
        struct step_builder builder = resource_climb_step(i, UINT64_C(500) << i, 10);
        builder.host.listen_overflows = i == 3 ? 100 : 0;
        log_builder_step(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *queue = resource_climb_found(&findings, RESOURCE_ACCEPT_QUEUE);
    assert_ptr_equal(resource_first(&findings.backends[0]), queue);
    assert_true(queue->measured && queue->low == 2000 && queue->exhausted_at == 4000);
    resource_climb_release(&findings, &log);
}

TEST(connections_are_used_up_when_all_are_busy)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    for (unsigned i = 0; i < 4; i++) {
        struct step_builder builder = resource_climb_step(i, UINT64_C(500) << i, 10);
        if (i == 3) {
            builder.connections = 1024;
            step_builder_queue(&builder, 1000, 2000);
        }
        log_builder_step(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *connections = resource_climb_found(&findings, RESOURCE_CONNECTIONS);
    assert_int_equal(findings.scenario.connections_most, 1024);
    assert_true(connections->measured && connections->low == 2000 && connections->high == 4000);
    resource_climb_release(&findings, &log);
}

/* 200 bytes a request over a link of 2 MB/s: nine tenths of it are used at 9,000/s. */
TEST(a_link_is_projected_to_its_rate)
{
    struct run_log log;

    resource_climb_log(&log, "2");
    for (unsigned i = 0; i < 5; i++) {
        struct step_builder builder = resource_climb_step(i, UINT64_C(500) << i, 10);
        builder.host.link_sent = 200.0 * (double)(UINT64_C(500) << i);
        builder.host.link_rate = 2e6;
        log_builder_step(&log, &builder);
    }
    struct findings findings = log_builder_findings(&log);
    const struct resource_finding *network = resource_climb_found(&findings, RESOURCE_NETWORK);
    assert_ptr_equal(resource_first(&findings.backends[0]), network);
    assert_float_equal(network->exhausted_at, 9000, 90);
    resource_climb_release(&findings, &log);
}
