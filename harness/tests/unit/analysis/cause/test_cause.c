#include "analysis/cause/cause.h"

#include "caused.h"
#include "test.h"

#include <signal.h>
#include <string.h>

TEST(cores_and_threads_and_what_is_left_tell_the_cause)
{
    const struct {
        double cores, thread;
        unsigned of;
        enum cause cause;
    } cases[] = {
        {1.81, 0.95, 2, CAUSE_CPU},        /* all of two cores */
        {1.79, 0.91, 2, CAUSE_ONE_THREAD}, /* not all of them, but all of a thread */
        {1.79, 0.89, 2, CAUSE_UNKNOWN},    /* much of both, and neither is saturated */
        {1.41, 0.89, 2, CAUSE_UNKNOWN},    /* too busy to be called idle */
        {1.39, 0.89, 2, CAUSE_WAITING},    /* below seven tenths */
        {0.91, 0.91, 1, CAUSE_CPU},        /* of one core a saturated thread is a saturated core */
        {0.71, 0.71, 1, CAUSE_UNKNOWN},    {0.69, 0.69, 1, CAUSE_WAITING},
        {1.02, 0.99, 4, CAUSE_ONE_THREAD},                                 /* an event loop, and helpers */
        {3.61, 0.91, 4, CAUSE_CPU},        {0.00, 0.00, 2, CAUSE_WAITING}, /* stopped dead */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_builder builder = slow_step(cases[i].cores, cases[i].thread);
        check_cause(&builder, cases[i].of, cases[i].cause);
    }
}

TEST(cores_that_others_use_as_well_are_saturated_where_the_service_has_half_of_them)
{
    struct step_builder builder = slow_step(1.02, 0.6);

    builder.host.cores_busy = 1.92;
    check_cause(&builder, 2, CAUSE_CPU);
    assert_int_equal(cause_of(&builder, 2).second, CAUSE_FOREIGN_WORK);
    builder.host.cores_busy = 1.88;
    check_cause(&builder, 2, CAUSE_WAITING); /* its threads did not wait for a core */
    assert_true(cause_of(&builder, 2).crowded);
    assert_int_equal(cause_of(&builder, 2).second, CAUSE_FOREIGN_WORK);
    builder.host.cores = 0.98;
    builder.host.cores_busy = 1.92;
    check_cause(&builder, 2, CAUSE_WAITING);
}

/* What the service shares its cores with is not foreign, and so the step says something. */
TEST(cores_that_it_waits_for_need_not_be_quite_saturated)
{
    struct step_builder builder = slow_step(1.2, 0.6);
    struct step_record record;

    builder.host.cores_busy = 1.84;
    check_cause(&builder, 2, CAUSE_WAITING);
    builder.host.run_delay = 0.3;
    step_builder_make(&builder, &record);
    struct dependency_sample samples[] = {{.at_ns = record.load.started_ns},
                                          {.at_ns = record.load.started_ns + record.load.measured_ns,
                                           .cpu_ns = record.load.measured_ns * 64 / 100}};
    struct dependency_load upstream = {
        .name = "upstream", .cores = 2, .shared = true, .samples = samples, .sample_count = 2};
    record.dependencies = &upstream;
    record.dependency_count = 1;
    struct cause_finding finding = cause_of_record(&record, 2);
    assert_int_equal(finding.cause, CAUSE_CPU);
    record.dependencies = NULL;
    record.dependency_count = 0;
    step_record_release(&record);
}

/* As a service that shares its core with what it depends on, and runs out of its pool. */
TEST(threads_that_waited_for_a_core_and_slept_all_the_same_waited_for_something_else)
{
    struct step_builder builder = slow_step(1.0, 0.6);

    builder.host.run_delay = 0.5;
    check_cause(&builder, 2, CAUSE_WAITING);
    builder.host.run_delay = 0.7; /* 0.35 ms of a request */
    check_cause(&builder, 2, CAUSE_WAITING);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].usual_ms = 1;
        builder.intervals[i].slow = i < 4 ? 0 : 20; /* of responses that take 3 ms in the mean */
    }
    check_cause(&builder, 2, CAUSE_WAITING);
    builder.host.run_delay = 2.5; /* 1.25 ms of it */
    check_cause(&builder, 2, CAUSE_UNKNOWN);
}

/* Four requests a second of 165 ms each: two thirds of the thread, and a queue before it. */
static struct step_builder step_of_few_long_requests(double cores)
{
    struct step_builder builder = healthy_step();

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i] = (struct built_interval){.offered = 1, .slow = 1, .slow_ms = 400};
    }
    builder.mean_in_flight = -1;
    builder.host.cores = builder.host.cores_busy = builder.host.busiest_thread = cores;
    return builder;
}

TEST(requests_that_queue_for_cpu_which_is_not_saturated_are_told_from_waiting)
{
    struct step_builder busy = step_of_few_long_requests(0.66), idle = step_of_few_long_requests(0.1);

    struct cause_finding finding = cause_of(&busy, 1);
    assert_int_equal(finding.cause, CAUSE_CPU);
    assert_true(finding.queued);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    check_evidence(&finding, "queue_busy_share", 0.66);
    finding = cause_of(&busy, 4); /* the one thread is still what they queue for */
    assert_int_equal(finding.cause, CAUSE_ONE_THREAD);
    assert_true(finding.queued);
    finding = cause_of(&idle, 1);
    assert_int_equal(finding.cause, CAUSE_WAITING);
    assert_false(finding.queued);
}

/* 1.5 cores' worth in the mean of two, all of both while twice as much comes. */
TEST(cores_that_are_saturated_only_while_traffic_is_raised_are_saturated)
{
    struct step_builder builder = slow_step(1.5, 0.8);
    struct step_record record;

    for (size_t i = 4; i < 12; i++) {
        builder.intervals[i].offered *= 2;
    }
    step_builder_make(&builder, &record);
    uint64_t from_ns = record.load.started_ns + 4 * record.load.interval_ns;
    uint64_t to_ns = record.load.started_ns + 12 * record.load.interval_ns, more_ns = 0;
    for (size_t i = 1; i < record.sample_count; i++) { /* half a core more then, and what came before stays */
        uint64_t at_ns = record.samples[i].at_ns;
        more_ns += at_ns > from_ns && at_ns <= to_ns ? (at_ns - record.samples[i - 1].at_ns) / 2 : 0;
        record.samples[i].cpu_ns += more_ns;
        record.samples[i].service_cores_busy_ns += more_ns;
    }
    struct cause_finding finding = cause_of_record(&record, 2);
    assert_int_equal(finding.cause, CAUSE_CPU);
    assert_false(finding.queued);
    const struct evidence *raised = evidence_of(&finding, "raised_cpu_share");
    assert_non_null(raised);
    assert_true(raised->value > 0.95);
    assert_true(evidence_of(&finding, "service_cpu_share")->value < 0.9);
    step_record_release(&record);
}

TEST(wrong_responses_from_an_idle_service_are_not_waiting)
{
    const struct {
        enum failure failure;
        enum cause cause;
    } cases[] = {
        {FAILURE_STATUS, CAUSE_UNKNOWN},     {FAILURE_BODY, CAUSE_UNKNOWN},    {FAILURE_RESET, CAUSE_UNKNOWN},
        {FAILURE_PROTOCOL, CAUSE_UNKNOWN},   {FAILURE_CONNECT, CAUSE_UNKNOWN}, {FAILURE_TIMEOUT, CAUSE_WAITING},
        {FAILURE_UNANSWERED, CAUSE_WAITING},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct step_builder builder = healthy_step();
        step_builder_fail(&builder, 4, 20, 3, cases[i].failure);
        check_breaks(&builder, &usual_limits, LIMIT_ERRORS, 1250);
        check_cause(&builder, 2, cases[i].cause);
    }
}

/* `late` intervals with three responses too late, never or not asked for each, and `wrong` intervals with three wrong
 * ones. */
static void check_mixture(size_t late, size_t wrong, enum cause expected)
{
    const enum failure failures[] = {FAILURE_TIMEOUT, FAILURE_UNANSWERED, FAILURE_UNSENT};
    struct step_builder builder = healthy_step();

    for (size_t i = 0; i < late; i++) {
        step_builder_fail(&builder, i, i + 1, 3, failures[i % 3]);
    }
    step_builder_fail(&builder, late, late + wrong, 3, FAILURE_STATUS);
    check_cause(&builder, 2, expected);
}

TEST(an_idle_service_waited_where_most_that_failed_was_late)
{
    check_mixture(9, 8, CAUSE_WAITING);
    check_mixture(9, 9, CAUSE_UNKNOWN);
    check_mixture(6, 9, CAUSE_UNKNOWN);
}

TEST(a_queue_that_grows_with_cpu_to_spare_is_waiting)
{
    struct step_builder builder = healthy_step();

    step_builder_queue(&builder, 10, 4000);
    check_cause(&builder, 2, CAUSE_WAITING);
}

TEST(threads_that_wait_for_a_core_do_not_wait_with_cpu_to_spare)
{
    struct step_builder builder = healthy_step();

    step_builder_queue(&builder, 10, 4000);
    builder.host.run_delay = 0.09;
    check_cause(&builder, 2, CAUSE_WAITING);
    builder.host.run_delay = 2; /* a third of the time of a request */
    check_cause(&builder, 2, CAUSE_UNKNOWN);
}

TEST(a_death_is_its_own_cause_with_its_signal_or_exit_code)
{
    struct step_builder builder = slow_step(1.9, 0.99);

    step_builder_die(&builder, 1000, -1, SIGKILL);
    struct cause_finding killed = cause_of(&builder, 2);
    assert_int_equal(killed.cause, CAUSE_CRASH);
    check_evidence(&killed, "signal", SIGKILL);
    assert_null(evidence_of(&killed, "exit_code"));
    step_builder_die(&builder, 1000, 3, 0);
    struct cause_finding ended = cause_of(&builder, 2);
    assert_int_equal(ended.cause, CAUSE_CRASH);
    check_evidence(&ended, "exit_code", 3);
    assert_null(evidence_of(&ended, "signal"));
}

/* Memory goes evenly from `from_mib` to `to_mib`; `slow` requests an interval break latency in interval 15. */
static struct cause_finding cause_of_memory(double from_mib, double to_mib, uint64_t slow)
{
    struct step_builder builder = healthy_step();
    struct step_record record;

    step_builder_slow(&builder, 10, 20, slow, 75);
    step_builder_make(&builder, &record);
    for (size_t i = BUILT_FIRST_SAMPLE; i <= BUILT_LAST_SAMPLE; i++) {
        double part = (double)(i - BUILT_FIRST_SAMPLE) / (BUILT_LAST_SAMPLE - BUILT_FIRST_SAMPLE);
        record.samples[i].rss_bytes = (uint64_t)((from_mib + (to_mib - from_mib) * part) * MIB);
    }
    struct cause_finding finding = cause_of_record(&record, 2);
    step_record_release(&record);
    return finding;
}

TEST(memory_that_grew_past_its_limit_first_is_the_cause)
{
    struct cause_finding growing = cause_of_memory(400, 800, 200);

    assert_int_equal(growing.cause, CAUSE_MEMORY);
    check_evidence(&growing, "rss_first_bytes", 400 * MIB);
    check_evidence(&growing, "rss_peak_bytes", 800 * MIB);
}

TEST(memory_above_its_limit_is_the_cause_whenever_it_was_taken)
{
    assert_int_equal(cause_of_memory(600, 665, 0).cause, CAUSE_MEMORY);
    struct cause_finding level = cause_of_memory(600, 655, 0);
    assert_int_equal(level.cause, CAUSE_MEMORY);
    check_evidence(&level, "rss_peak_bytes", 655 * MIB);
}

TEST(memory_that_passes_its_limit_after_another_broke_is_not_the_cause)
{
    struct cause_finding later = cause_of_memory(400, 520, 200);

    assert_int_equal(later.cause, CAUSE_WAITING);
    assert_null(evidence_of(&later, "rss_peak_bytes"));
}

TEST(the_figures_stand_by_the_cause)
{
    struct step_builder builder = slow_step(1.6, 0.99);

    builder.host.cores_busy = 1.7;
    builder.host.run_delay = 0.125;
    builder.host.retransmits = 12;
    struct cause_finding finding = cause_of(&builder, 2);
    assert_int_equal(finding.cause, CAUSE_ONE_THREAD);
    check_evidence(&finding, "service_cpu_share", 0.8);
    check_evidence(&finding, "service_cores_busy_share", 0.85);
    check_evidence(&finding, "busiest_thread_share", 0.99);
    check_evidence(&finding, "run_delay_share", 0.125);
    check_evidence(&finding, "tcp_retransmits", 12);
    assert_null(evidence_of(&finding, "accept_queue_overflows"));
    check_evidence(&finding, "breaking_cores_busy_share", 0.85);
    builder.host.listen_overflows = 3;
    finding = cause_of(&builder, 2);
    check_evidence(&finding, "accept_queue_overflows", 3);
}

TEST(the_most_evidence_there_can_be_has_room)
{
    struct step_builder builder = slow_step(1.6, 0.99);

    builder.host.rss_mib = 600;
    builder.host.retransmits = builder.host.listen_overflows = 1;
    step_builder_die(&builder, -100, 1, 0);
    struct cause_finding finding = cause_of(&builder, 2);
    assert_true(finding.evidence_count <= EVIDENCE_MOST);
    assert_non_null(evidence_of(&finding, "exit_code"));
    assert_non_null(evidence_of(&finding, "accept_queue_overflows"));
    assert_non_null(evidence_of(&finding, "tcp_retransmits"));
}

TEST(without_samples_the_service_was_not_watched_and_the_cause_has_no_figures)
{
    struct step_builder builder = slow_step(1.9, 0.99);

    builder.host.sampled = false;
    struct cause_finding finding = cause_of(&builder, 2);
    assert_int_equal(finding.cause, CAUSE_NOT_WATCHED);
    assert_int_equal(finding.evidence_count, 0);
}

TEST(every_cause_has_a_name_of_its_own)
{
    for (int i = 0; i < CAUSE_COUNT; i++) {
        for (int k = 0; k < i; k++) {
            assert_string_not_equal(cause_name((enum cause)i), cause_name((enum cause)k));
        }
    }
}
