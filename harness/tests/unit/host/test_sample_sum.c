#include "host/watch/sample_sum.h"

#include "test.h"

#include <math.h>

static const struct process_metrics untold = {NAN, NAN, NAN,
                                              NAN, NAN, {.event_loop_lag_ns = NAN, .gc_ns = NAN, .gc_runs = NAN}};

TEST(two_places_add_up_and_the_machine_is_the_first_one)
{
    struct sample sum = {.at_ns = 5,
                         .cpu_ns = 100,
                         .rss_bytes = 10,
                         .threads = 3,
                         .busiest_thread_cpu_ns = 7,
                         .file_descriptors = 20,
                         .file_descriptors_most = 20,
                         .file_descriptor_limit = 100,
                         .steal_ns = 40,
                         .service_group_quota_cores = 2};
    const struct sample more = {.at_ns = 9,
                                .cpu_ns = 11,
                                .rss_bytes = 1,
                                .threads = 2,
                                .busiest_thread_cpu_ns = 8,
                                .file_descriptors = 50,
                                .file_descriptors_most = 50,
                                .file_descriptor_limit = 100,
                                .steal_ns = 9,
                                .service_group_quota_cores = 1};

    sample_sum_add(&sum, &more);
    assert_int_equal(sum.absent, 0);
    assert_int_equal(sum.at_ns, 5);
    assert_int_equal(sum.cpu_ns, 111);
    assert_int_equal(sum.rss_bytes, 11);
    assert_int_equal(sum.threads, 5);
    assert_int_equal(sum.busiest_thread_cpu_ns, 8);
    assert_int_equal(sum.file_descriptors, 70);
    assert_int_equal(sum.file_descriptors_most, 50);
    assert_int_equal(sum.steal_ns, 40);
    assert_true(sum.service_group_quota_cores == 2);
}

TEST(what_one_place_lacks_of_the_processes_is_absent_from_the_sum)
{
    struct sample sum = {.cpu_ns = 100, .threads = 3, .rss_bytes = 8};
    const struct sample more = {.cpu_ns = 11, .rss_bytes = 1, .absent = SAMPLE_THREADS | SAMPLE_FILE_DESCRIPTORS};

    sample_sum_add(&sum, &more);
    assert_int_equal(sum.absent, SAMPLE_THREADS | SAMPLE_FILE_DESCRIPTORS);
    assert_int_equal(sum.threads, 0);
    assert_int_equal(sum.cpu_ns, 111);
}

TEST(what_there_is_one_of_comes_from_whoever_has_it)
{
    struct sample sum = {.cpu_ns = 100, .absent = SAMPLE_GROUP | SAMPLE_MACHINE | SAMPLE_ACCEPT_QUEUE};
    const struct sample more = {.accept_queue = 3, .service_group_quota_cores = 1.5, .retransmits = 6};

    sample_sum_add(&sum, &more);
    assert_int_equal(sum.absent, 0);
    assert_int_equal(sum.accept_queue, 3);
    assert_true(sum.service_group_quota_cores == 1.5);
    assert_int_equal(sum.retransmits, 6);
}

TEST(a_page_fills_in_only_what_nothing_else_reads)
{
    struct sample sample = {.rss_bytes = 7, .absent = SAMPLE_ALL & ~SAMPLE_MEMORY};
    struct process_metrics metrics = untold;

    metrics.cpu_s = 1.5;
    metrics.resident_bytes = 99;
    metrics.file_descriptors = 12;
    sample_sum_fill(&sample, &metrics);
    assert_int_equal(sample.cpu_ns, 1500000000);
    assert_int_equal(sample.rss_bytes, 7);
    assert_int_equal(sample.file_descriptors_most, 12);
    assert_int_equal(sample.file_descriptor_limit, 0); /* not told */
    assert_int_equal(sample.absent, SAMPLE_THREADS | SAMPLE_ACCEPT_QUEUE | SAMPLE_GROUP | SAMPLE_MACHINE);
}

TEST(a_page_that_does_not_tell_leaves_the_part_absent)
{
    struct sample sample = {.absent = SAMPLE_ALL};
    struct process_metrics metrics = untold;

    metrics.cpu_s = 1e30; /* a strange page */
    sample_sum_fill(&sample, &metrics);
    assert_int_equal(sample.absent, SAMPLE_ALL);
}

TEST(what_one_of_two_pages_does_not_tell_is_not_told)
{
    struct process_metrics sum = untold, more = untold;

    sum.cpu_s = 1;
    more.cpu_s = 2;
    sum.resident_bytes = 5;
    sum.runtime.event_loop_lag_ns = 3;
    more.runtime.event_loop_lag_ns = 9;
    sample_sum_add_metrics(&sum, &more);
    assert_true(sum.cpu_s == 3);
    assert_true(isnan(sum.resident_bytes));
    assert_true(sum.runtime.event_loop_lag_ns == 9);
}
