#include "analysis/usage/host_usage.h"

#include "judging.h"
#include "test.h"
#include "unread.h"

#include <math.h>

/* A step in which everything was used a little. */
static void make(struct step_record *record)
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
                                       .retransmits = 11};
    step_builder_make(&builder, record);
}

static struct host_usage without(uint64_t parts)
{
    struct step_record record;
    struct host_usage host;

    make(&record);
    unread_always(&record, parts);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    step_record_release(&record);
    return host;
}

TEST(a_part_that_was_not_read_is_known_to_be_absent_and_the_others_stay)
{
    struct host_usage whole = without(0);

    for (uint64_t part = 1; part <= SAMPLE_MACHINE; part <<= 1) {
        struct host_usage host = without(part);
        assert_true(host.known);
        assert_false(host_usage_has(&host, (enum sample_part)part));
        for (uint64_t other = 1; other <= SAMPLE_MACHINE; other <<= 1) {
            assert_true(host_usage_has(&host, (enum sample_part)other) == (other != part));
        }
        assert_true(part == SAMPLE_CPU || host.service_cores == whole.service_cores);
        assert_true(part == SAMPLE_THREADS || host.busiest_thread_share == whole.busiest_thread_share);
        assert_true(part == SAMPLE_MACHINE || host.kernel_cores == whole.kernel_cores);
        assert_true(part == SAMPLE_MEMORY || host.rss_peak_bytes == whole.rss_peak_bytes);
        assert_true(part == SAMPLE_FILE_DESCRIPTORS || host.file_descriptors_peak == 81);
    }
}

TEST(no_share_of_what_was_not_read_is_0)
{
    struct host_usage host = without(SAMPLE_CPU);

    assert_true(isnan(host.service_cores) && isnan(host.foreign_cores));
    assert_float_equal(host.service_cores_busy, 0.9, 1e-6); /* the machine's own count */
    host = without(SAMPLE_MACHINE);
    assert_true(isnan(host.service_cores_busy) && isnan(host.foreign_cores) && isnan(host.kernel_cores));
    assert_true(isnan(host.steal_share) && isnan(host.service_steal_cores));
    assert_float_equal(host.service_cores, 1.3, 1e-6);
    host = without(SAMPLE_THREADS);
    assert_true(isnan(host.busiest_thread_share) && isnan(host.run_delay_share) && isnan(host.waiting_share));
    assert_true(isnan(host.stopped_share) && isnan(host.blocked_share) && isnan(host.threads));
    host = without(SAMPLE_GROUP);
    assert_true(isnan(host.throttled_share) && isnan(host.throttled_periods_share));
    assert_false(host_usage_throttled(&host));
}

TEST(a_page_read_once_a_second_tells_the_same_cpu)
{
    struct step_record record;
    struct host_usage host;

    make(&record);
    unread_between(&record, SAMPLE_CPU | SAMPLE_MEMORY, 10);
    unread_always(&record, SAMPLE_THREADS | SAMPLE_GROUP);
    host_usage_between(&record, 2, 0, record.load.measured_ns, &host);
    assert_true(host_usage_has(&host, SAMPLE_CPU));
    assert_float_equal(host.service_cores, 1.3, 1e-6);
    assert_int_equal(host.rss_peak_bytes, 60 * MIB);
    host_usage_between(&record, 2, 0, 900 * MS, &host); /* one reading is no amount, but it is a size */
    assert_false(host_usage_has(&host, SAMPLE_CPU));
    assert_true(isnan(host.service_cores));
    assert_int_equal(host.rss_peak_bytes, 60 * MIB);
    step_record_release(&record);
}

TEST(of_a_service_whose_number_of_cores_is_not_known_none_is_saturated)
{
    struct step_record record;
    struct host_usage host;

    make(&record);
    host_usage_between(&record, 0, 0, record.load.measured_ns, &host);
    assert_float_equal(host.service_cores, 1.3, 1e-6);
    assert_true(isnan(host.service_cores_busy));
    assert_false(host_usage_cores_saturated(&host, 0));
    step_record_release(&record);
}
