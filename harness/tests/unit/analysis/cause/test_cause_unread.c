#include "analysis/cause/cause.h"

#include "caused.h"
#include "test.h"
#include "unread.h"

#include <math.h>

/* What a page of metrics does not have. */
#define PAGE_LACKS (SAMPLE_THREADS | SAMPLE_GROUP | SAMPLE_ACCEPT_QUEUE)

static struct cause_finding cause_without(const struct step_builder *builder, uint64_t parts, unsigned cores)
{
    struct step_record record;

    step_builder_make(builder, &record);
    unread_always(&record, parts);
    struct cause_finding finding = cause_of_record(&record, cores);
    step_record_release(&record);
    return finding;
}

static void check_without(const struct step_builder *builder, uint64_t parts, unsigned cores, enum cause expected)
{
    struct cause_finding finding = cause_without(builder, parts, cores);
    assert_string_equal(cause_name(finding.cause), cause_name(expected));
}

TEST(an_idle_service_whose_threads_and_groups_were_not_read_may_have_waited_for_anything)
{
    struct step_builder builder = slow_step(0.4, 0.3);

    check_without(&builder, 0, 2, CAUSE_WAITING);
    check_without(&builder, SAMPLE_THREADS, 2, CAUSE_NOT_WATCHED);
    check_without(&builder, SAMPLE_CPU, 2, CAUSE_NOT_WATCHED);
    check_without(&builder, PAGE_LACKS, 2, CAUSE_NOT_WATCHED);
    check_without(&builder, PAGE_LACKS | SAMPLE_MACHINE, 2, CAUSE_NOT_WATCHED);
    check_without(&builder, SAMPLE_ALL, 2, CAUSE_NOT_WATCHED);
}

TEST(its_own_cpu_time_is_enough_to_know_that_its_cores_were_saturated)
{
    struct step_builder builder = slow_step(1.9, 0.95);

    check_without(&builder, PAGE_LACKS, 2, CAUSE_CPU);
    check_without(&builder, PAGE_LACKS | SAMPLE_MACHINE, 2, CAUSE_CPU);
    check_without(&builder, PAGE_LACKS | SAMPLE_CPU, 2, CAUSE_NOT_WATCHED);     /* whose work it was is not known */
    check_without(&builder, PAGE_LACKS | SAMPLE_MACHINE, 0, CAUSE_NOT_WATCHED); /* of how many cores? */
}

TEST(one_saturated_thread_is_seen_only_where_threads_are_read)
{
    struct step_builder builder = slow_step(1.0, 0.98);

    check_without(&builder, SAMPLE_MACHINE | SAMPLE_FILE_DESCRIPTORS, 4, CAUSE_ONE_THREAD);
    check_without(&builder, PAGE_LACKS, 4, CAUSE_NOT_WATCHED);
}

TEST(the_accept_queue_of_this_machine_tells_without_any_process)
{
    struct step_builder builder = slow_step(0.4, 0.3);

    builder.host.listen_overflows = 900;
    check_without(&builder, SAMPLE_ALL & ~(SAMPLE_ACCEPT_QUEUE | SAMPLE_MACHINE), 2, CAUSE_BACKLOG);
    check_without(&builder, SAMPLE_ALL & ~SAMPLE_ACCEPT_QUEUE, 2, CAUSE_NOT_WATCHED);
}

TEST(no_figure_of_what_was_not_read_is_evidence)
{
    struct step_builder builder = slow_step(1.9, 0.95);
    struct cause_finding finding = cause_without(&builder, PAGE_LACKS | SAMPLE_MACHINE, 2);

    assert_non_null(evidence_of(&finding, "service_cpu_share"));
    assert_null(evidence_of(&finding, "busiest_thread_share"));
    assert_null(evidence_of(&finding, "run_delay_share"));
    assert_null(evidence_of(&finding, "service_cores_busy_share"));
    assert_null(evidence_of(&finding, "kernel_receive_share"));
    assert_null(evidence_of(&finding, "steal_share"));
    finding = cause_without(&builder, PAGE_LACKS | SAMPLE_MACHINE, 0);
    assert_null(evidence_of(&finding, "service_cpu_share"));
    check_evidence(&finding, "service_used_cores", 1.9);
}

TEST(what_the_runtime_says_stands_beside_the_cause)
{
    struct step_builder builder = slow_step(1.0, 0.98);
    struct step_record record;

    step_builder_make(&builder, &record);
    struct runtime_sample runtime[] = {
        {.at_ns = BUILT_STARTED_NS,
         .event_loop_lag_ns = 2e6,
         .gc_ns = 1e9,
         .gc_runs = 3,
         .goroutines = NAN,
         .pool_connections = NAN,
         .pool_active = NAN,
         .pool_waiting = NAN},
        {.at_ns = BUILT_STARTED_NS + 1000 * MS,
         .event_loop_lag_ns = 7e7,
         .gc_ns = 1.25e9,
         .gc_runs = 8,
         .goroutines = NAN,
         .pool_connections = NAN,
         .pool_active = NAN,
         .pool_waiting = NAN},
        {.at_ns = BUILT_STARTED_NS + 60000 * MS,
         .event_loop_lag_ns = 9e9,
         .gc_ns = 9e9,
         .gc_runs = 99,
         .goroutines = NAN,
         .pool_connections = NAN,
         .pool_active = NAN,
         .pool_waiting = NAN}, /* afterwards */
    };
    record.runtime = runtime;
    record.runtime_count = 3;
    struct cause_finding finding = cause_of_record(&record, 4);
    check_evidence(&finding, "event_loop_lag_ns", 7e7);
    check_evidence(&finding, "gc_share", 0.25);
    check_evidence(&finding, "gc_runs", 5);
    assert_null(evidence_of(&finding, "goroutines"));
    assert_null(evidence_of(&finding, "pool_waiting"));
    record.runtime = NULL;
    step_record_release(&record);
}
