#include "analysis/usage/host_usage.h"

#include "analysis/usage/dependency_cpu.h"

#include "judging.h"
#include "test.h"

#include <math.h>

static struct host_usage seen(const struct step_builder *builder, unsigned cores)
{
    struct step_record record;
    struct host_usage host;

    step_builder_make(builder, &record);
    host_usage_between(&record, cores, 0, record.load.measured_ns, &host);
    step_record_release(&record);
    return host;
}

TEST(counters_become_shares_of_the_measured_part)
{
    struct step_builder builder;

    step_builder_init(&builder, 2000);
    builder.host = (struct built_host){.sampled = true,
                                       .cores = 1.3,
                                       .cores_busy = 1.8,
                                       .busiest_thread = 0.7,
                                       .run_delay = 0.25,
                                       .steal = 0.05,
                                       .rss_mib = 60,
                                       .file_descriptors = 81,
                                       .listen_overflows = 7,
                                       .retransmits = 11,
                                       .link_sent = 5e6,
                                       .link_rate = 1.25e7};
    struct host_usage host = seen(&builder, 2);
    assert_true(host.known);
    assert_float_equal(host.link_bytes_per_s, 5e6, 1);
    assert_float_equal(host.link_share, 0.4, 1e-6);
    assert_float_equal(host.service_cores, 1.3, 1e-6);
    assert_float_equal(host.service_cores_busy, 0.9, 1e-6);
    assert_float_equal(host.foreign_cores, 0.5, 1e-6);
    assert_float_equal(host.busiest_thread_share, 0.7, 1e-6);
    assert_float_equal(host.run_delay_share, 0.25, 1e-6);
    assert_float_equal(host.steal_share, 0.05, 1e-6);
    assert_int_equal(host.rss_first_bytes, 60 * MIB);
    assert_int_equal(host.rss_peak_bytes, 60 * MIB);
    assert_int_equal(host.file_descriptors_peak, 81);
    assert_int_equal(host.accept_queue_overflows, 7);
    assert_int_equal(host.retransmits, 11);
}

/* Two readings of a dependency over the measured part, 0.8 cores apart. */
static void add_dependency(struct step_record *record, struct dependency_load *load,
                           struct dependency_sample samples[2], bool shared)
{
    samples[0] = (struct dependency_sample){.at_ns = record->load.started_ns};
    samples[1] = (struct dependency_sample){.at_ns = record->load.started_ns + record->load.measured_ns,
                                            .cpu_ns = record->load.measured_ns * 8 / 10,
                                            .busiest_thread_cpu_ns = record->load.measured_ns / 2};
    *load = (struct dependency_load){
        .name = (char *)"postgresql", .cores = 1, .shared = shared, .samples = samples, .sample_count = 2};
    record->dependencies = load;
    record->dependency_count = 1;
}

/* The cores' count is by ticks, which miss what runs between them. */
TEST(what_is_known_to_be_used_is_never_more_than_all_that_is)
{
    struct step_builder builder;
    struct step_record record;
    struct dependency_load load;
    struct dependency_sample samples[2];
    struct host_usage host;

    step_builder_init(&builder, 2000);
    builder.host.cores = 0.77;
    builder.host.cores_busy = 0.74;
    assert_float_equal(seen(&builder, 1).service_cores_busy, 0.77, 1e-6);
    assert_float_equal(seen(&builder, 1).foreign_cores, 0, 1e-6);
    step_builder_make(&builder, &record);
    add_dependency(&record, &load, samples, true);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_float_equal(host.service_cores_busy, (0.77 + 0.8) / 2, 1e-6);
    host_usage_between(&record, 1, 0, record.load.measured_ns, &host);
    assert_float_equal(host.service_cores_busy, 1, 1e-6); /* both counts err, and there is no more than one core */
    record.dependencies = NULL;
    record.dependency_count = 0;
    step_record_release(&record);
}

TEST(a_dependency_on_the_services_cores_is_not_foreign)
{
    struct step_builder builder;
    struct step_record record;
    struct dependency_load load;
    struct dependency_sample samples[2];
    struct host_usage alone, host;
    struct dependency_cpu dependency;

    step_builder_init(&builder, 2000);
    builder.host = (struct built_host){.sampled = true, .cores = 0.1, .cores_busy = 0.95, .rss_mib = 60};
    step_builder_make(&builder, &record);
    host_usage_between(&record, 1, 0, record.load.measured_ns, &alone);
    assert_false(dependency_cpu_find(&record, &dependency));
    add_dependency(&record, &load, samples, true);
    host_usage_between(&record, 1, 0, record.load.measured_ns, &host);
    assert_true(dependency_cpu_find(&record, &dependency));
    assert_float_equal(dependency.cores, 0.8, 1e-6);
    assert_float_equal(dependency.busiest_thread_share, 0.5, 1e-6);
    assert_float_equal(alone.foreign_cores - host.foreign_cores, 0.8, 1e-6);
    add_dependency(&record, &load, samples, false);
    host_usage_between(&record, 1, 0, record.load.measured_ns, &host);
    assert_float_equal(alone.foreign_cores, host.foreign_cores, 1e-6);
    record.dependencies = NULL;
    record.dependency_count = 0;
    step_record_release(&record);
}

TEST(only_samples_inside_the_measured_part_count)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host, spoilt;

    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    for (size_t i = 0; i < BUILT_SAMPLES; i++) {
        if (i < BUILT_FIRST_SAMPLE || i > BUILT_LAST_SAMPLE) {
            uint64_t at_ns = record.samples[i].at_ns;
            record.samples[i] =
                (struct sample){.at_ns = at_ns, .rss_bytes = UINT64_C(1) << 40, .file_descriptors = 99999};
        }
    }
    host_usage_between(&record, 2, 0, record.load.measured_ns, &spoilt);
    check_same_host(&spoilt, &host);
    step_record_release(&record);
}

TEST(peaks_are_the_highest_of_the_samples)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;

    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    record.samples[BUILT_FIRST_SAMPLE].rss_bytes = 1000;
    record.samples[BUILT_FIRST_SAMPLE + 3].rss_bytes = UINT64_C(3) << 30;
    record.samples[BUILT_LAST_SAMPLE].file_descriptors = 4000;
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_int_equal(host.rss_first_bytes, 1000);
    assert_int_equal(host.rss_peak_bytes, UINT64_C(3) << 30);
    assert_int_equal(host.file_descriptors_peak, 4000);
    step_record_release(&record);
}

TEST(nothing_is_known_from_fewer_than_two_samples)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;
    const struct host_usage nothing = {0};

    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    for (size_t count = 0; count <= BUILT_FIRST_SAMPLE + 2; count++) {
        record.sample_count = count;
        host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
        assert_int_equal(host.known, count == BUILT_FIRST_SAMPLE + 2);
        if (!host.known) {
            check_same_host(&host, &nothing);
        }
    }
    record.sample_count = BUILT_SAMPLES;
    record.load.started_ns += UINT64_C(1000000000000);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_false(host.known);
    step_record_release(&record);
}

TEST(a_counter_that_falls_is_no_work)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;

    /* As when a child that was counted ends. */
    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    record.samples[BUILT_LAST_SAMPLE].cpu_ns = 0;
    record.samples[BUILT_LAST_SAMPLE].listen_overflows = 0;
    record.samples[BUILT_LAST_SAMPLE].service_cores_busy_ns = 0;
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_true(host.service_cores == 0 && host.service_cores_busy == 0 && host.foreign_cores == 0);
    assert_int_equal(host.accept_queue_overflows, 0);
    step_record_release(&record);
}

TEST(samples_of_one_moment_give_no_shares)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;

    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    for (size_t i = 0; i < BUILT_SAMPLES; i++) {
        record.samples[i].at_ns = BUILT_STARTED_NS;
    }
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_false(host.known);
    assert_true(host.service_cores == 0 && host.busiest_thread_share == 0);
    step_record_release(&record);
}

/* --- threads that wait, groups of the service's own ----------------------------------------------------------------
 */

/* Eight threads, four of them at work in each sample, which wait for 0.8 s a second between them. */
TEST(the_wait_for_a_core_is_told_for_one_thread_at_work)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;

    step_builder_init(&builder, 2000);
    builder.host.cores = 0.2;
    builder.host.run_delay = 0.8;
    step_builder_make(&builder, &record);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_true(isnan(host.run_delay_per_thread)); /* an older file, without the threads at work */
    for (size_t i = 0; i < BUILT_SAMPLES; i++) {
        record.samples[i].active_threads = i == BUILT_FIRST_SAMPLE ? 1000 : 4; /* the first tells of the time before */
    }
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_float_equal(host.run_delay_share, 0.8, 1e-6);
    assert_float_equal(host.threads, 8, 1e-6);
    assert_float_equal(host.active_threads, 4, 1e-6);
    assert_float_equal(host.run_delay_per_thread, 0.2, 1e-6);
    assert_float_equal(host.waiting_share, 0.8, 1e-6);
    step_record_release(&record);
}

TEST(a_service_that_could_not_run_has_no_wait)
{
    struct step_builder builder;

    step_builder_init(&builder, 2000);
    builder.host.cores = builder.host.run_delay = 0;
    assert_true(isnan(seen(&builder, 2).waiting_share));
}

TEST(the_samples_in_which_a_process_was_stopped_are_counted)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;

    step_builder_init(&builder, 2000);
    assert_true(seen(&builder, 2).stopped_share == 0);
    step_builder_make(&builder, &record);
    for (size_t i = BUILT_FIRST_SAMPLE + 20; i < BUILT_FIRST_SAMPLE + 37; i++) {
        record.samples[i].stopped_processes = 3;
        record.samples[i].blocked_processes = i % 2 == 0;
    }
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_float_equal(host.stopped_share, 17.0 / (BUILT_LAST_SAMPLE - BUILT_FIRST_SAMPLE + 1), 1e-9);
    assert_float_equal(host.blocked_share, 9.0 / (BUILT_LAST_SAMPLE - BUILT_FIRST_SAMPLE + 1), 1e-9);
    step_record_release(&record);
}

/* A quota of 0.3 cores that is used up in 40 of 50 periods. */
TEST(the_quota_of_the_services_own_group_is_told_with_what_it_did)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;

    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_true(host.quota_cores == 0 && host.throttled_share == 0 && host.throttled_periods_share == 0);
    assert_int_equal(host.memory_limit_bytes, 0);
    for (size_t i = 0; i < BUILT_SAMPLES; i++) {
        record.samples[i].service_group_quota_cores = 0.3;
        record.samples[i].service_group_periods = i * 10;
        record.samples[i].service_group_throttled_periods = i * 8;
        record.samples[i].service_group_throttled_ns = i * 55000000;
        record.samples[i].group_throttled_ns = i * 10000000; /* of the group around both: less */
        record.samples[i].service_group_memory_limit_bytes = 64 << 20;
        record.samples[i].service_group_memory_bytes = i == BUILT_LAST_SAMPLE - 1 ? 63 << 20 : 20 << 20;
        record.samples[i].service_group_oom_kills = i >= BUILT_LAST_SAMPLE ? 2 : 0;
    }
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_float_equal(host.quota_cores, 0.3, 1e-9);
    assert_float_equal(host.throttled_periods_share, 0.8, 1e-9);
    assert_float_equal(host.throttled_share, 0.55, 1e-6);
    assert_int_equal(host.memory_limit_bytes, 64 << 20);
    assert_int_equal(host.memory_limit_peak_bytes, 63 << 20);
    assert_int_equal(host.group_oom_kills, 2);
    for (size_t i = 0; i < BUILT_SAMPLES; i++) { /* two cores' queues stood still at a time */
        record.samples[i].service_group_throttled_ns *= 3;
    }
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_true(host.throttled_share == 1);
    step_record_release(&record);
}

/* Twenty threads that are ready stand still for nine tenths of the time. */
TEST(threads_that_wait_for_their_quota_do_not_wait_for_cores)
{
    struct host_usage usage = {.known = true, .run_delay_share = 18, .throttled_share = 0.9, .active_threads = 20};

    assert_false(host_usage_waits_for_cores(&usage));
    usage.run_delay_share = 19; /* and one second a second for others */
    assert_true(host_usage_waits_for_cores(&usage));
    usage = (struct host_usage){.known = true, .run_delay_share = 0.5};
    assert_true(host_usage_waits_for_cores(&usage));
}

TEST(nothing_is_known_of_a_service_whose_processes_were_not_read)
{
    struct step_builder builder;
    struct step_record record;
    struct host_usage host;
    const struct host_usage nothing = {.not_watched = true};

    step_builder_init(&builder, 2000);
    step_builder_make(&builder, &record);
    record.not_watched = true;
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    check_same_host(&host, &nothing);
    assert_true(host.not_watched);
    assert_false(host.known);
    step_record_release(&record);
}
