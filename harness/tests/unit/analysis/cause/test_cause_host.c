/* Causes outside the service's own work: others on its cores, a quota, a stop, memory of its control group. */
#include "analysis/cause/cause.h"

#include "caused_trial.h"
#include "test.h"

/* The step with its samples changed by `change`, sample by sample. */
static struct cause_finding cause_with(const struct step_builder *builder, unsigned cores,
                                       void (*change)(struct sample *sample, size_t i))
{
    struct step_record record;

    step_builder_make(builder, &record);
    for (size_t i = 0; i < record.sample_count; i++) {
        change(&record.samples[i], i);
    }
    struct cause_finding finding = cause_of_record(&record, cores);
    step_record_release(&record);
    return finding;
}

/* --- others ------------------------------------------------------------------------------------------------------- */

/* A service at 10 % of one core whose others use `before` of it at half the load, and `now` at this. */
static struct cause_finding beside_others(double before, double now, double run_delay)
{
    struct step_builder builders[2] = {healthy_step(), slow_step(0.1, 0.08)};
    struct caused_trial trial;

    step_builder_init(&builders[0], 1000);
    builders[0].host.cores = builders[0].host.busiest_thread = 0.05;
    builders[0].host.cores_busy = 0.05 + before;
    builders[1].host.cores_busy = 0.1 + now;
    builders[1].host.run_delay = run_delay;
    caused_trial_init(&trial, builders, 2, 1);
    struct cause_finding finding = caused_trial_find(&trial, 1);
    caused_trial_release(&trial);
    return finding;
}

TEST(a_helper_that_works_more_with_the_load_is_foreign_work)
{
    struct cause_finding finding = beside_others(0.45, 0.88, 0.02);

    assert_int_equal(finding.cause, CAUSE_FOREIGN_WORK);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    check_evidence(&finding, "foreign_share", 0.88);
}

/* A service at 10 % of one core whose others use so much of it at 250, 500, 1,000 and 2,000 a second. */
static enum cause beside_others_of(const double others[4])
{
    struct step_builder builders[4] = {healthy_step(), healthy_step(), healthy_step(), slow_step(0.1, 0.08)};
    struct caused_trial trial;

    for (size_t i = 0; i < 4; i++) {
        if (i < 3) {
            step_builder_init(&builders[i], UINT64_C(250) << i);
            builders[i].host.cores = builders[i].host.busiest_thread = 0.05;
        }
        builders[i].host.cores_busy = builders[i].host.cores + others[i];
        builders[i].host.run_delay = 0.02;
    }
    caused_trial_init(&trial, builders, 4, 1);
    enum cause cause = caused_trial_find(&trial, 3).cause;
    caused_trial_release(&trial);
    return cause;
}

TEST(a_helper_that_had_no_core_left_at_half_the_load_grew_below_it)
{
    assert_int_equal(beside_others_of((const double[]){0.21, 0.42, 0.84, 0.9}), CAUSE_FOREIGN_WORK);
    assert_int_equal(beside_others_of((const double[]){0.21, 0.88, 0.84, 0.9}),
                     CAUSE_WAITING); /* it follows something else */
}

TEST(others_that_work_whatever_the_load_are_named_second_and_cpu_is_not_to_spare)
{
    struct cause_finding finding = beside_others(0.85, 0.88, 0.02);

    assert_int_equal(finding.cause, CAUSE_WAITING);
    assert_int_equal(finding.second, CAUSE_FOREIGN_WORK);
    assert_true(finding.crowded);
}

TEST(cores_that_are_not_full_are_nobody_s_fault)
{
    struct cause_finding finding = beside_others(0.3, 0.7, 0.02);

    assert_int_equal(finding.cause, CAUSE_WAITING);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    assert_false(finding.crowded);
}

TEST(the_generator_on_the_service_s_cores_is_not_foreign)
{
    struct step_builder builders[2] = {healthy_step(), slow_step(0.1, 0.08)};
    struct caused_trial trial;

    step_builder_init(&builders[0], 1000);
    builders[0].host.cores = builders[0].host.cores_busy = 0.05;
    builders[1].host.cores_busy = 0.95;
    builders[1].busiest_thread = 0.8; /* of the generator */
    caused_trial_init(&trial, builders, 2, 1);
    assert_int_equal(caused_trial_find(&trial, 1).cause, CAUSE_FOREIGN_WORK);
    trial.context.cores_shared = true;
    assert_int_equal(caused_trial_find(&trial, 1).cause, CAUSE_WAITING);
    caused_trial_release(&trial);
}

/* --- quotas ------------------------------------------------------------------------------------------------------- */

static void throttle_half_of_the_periods(struct sample *sample, size_t i)
{
    sample->service_group_periods = i;
    sample->service_group_throttled_periods = i / 2;
    sample->service_group_throttled_ns = i * 4000000;
    sample->service_group_quota_cores = 0.5;
}

static void throttle_a_period_in_ten(struct sample *sample, size_t i)
{
    throttle_half_of_the_periods(sample, i);
    sample->service_group_throttled_periods = i / 10;
}

TEST(a_quota_that_is_used_up_in_many_periods_is_the_cause)
{
    struct step_builder builder = slow_step(0.4, 0.2);
    struct cause_finding finding = cause_with(&builder, 2, throttle_half_of_the_periods);

    assert_int_equal(finding.cause, CAUSE_QUOTA);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    check_evidence(&finding, "quota_cores", 0.5);
    check_evidence(&finding, "throttled_periods_share", 0.5);
    assert_int_equal(cause_with(&builder, 2, throttle_a_period_in_ten).cause, CAUSE_WAITING);
}

/* As of a service that is held to 0.2 cores by a group that cannot be read. */
TEST(threads_that_wait_for_idle_cores_are_kept_from_them)
{
    struct step_builder builder = slow_step(0.22, 0.15);

    builder.host.run_delay = 2.6;
    struct cause_finding finding = cause_of(&builder, 1);
    assert_int_equal(finding.cause, CAUSE_QUOTA);
    assert_float_equal(evidence_of(&finding, "core_wait_share")->value, 2.6 / 2.82, 1e-6);
    builder.host.cores_busy = 0.75; /* there is not much more */
    assert_int_not_equal(cause_of(&builder, 1).cause, CAUSE_QUOTA);
    builder.host.cores_busy = 0.22;
    builder.host.run_delay = 0.4; /* no more than they work, nearly */
    assert_int_not_equal(cause_of(&builder, 1).cause, CAUSE_QUOTA);
}

/* As of one thread among many that take turns on it: the scheduler lets them wait, and no quota does. */
TEST(a_thread_that_runs_all_the_time_is_held_back_by_no_quota)
{
    struct step_builder builder = slow_step(1.08, 0.99);

    builder.host.run_delay = 4.58;
    assert_int_equal(cause_of(&builder, 2).cause, CAUSE_ONE_THREAD);
    builder.host.busiest_thread = 0.8;
    assert_int_equal(cause_of(&builder, 2).cause, CAUSE_QUOTA);
}

/* All the waiting of that step in a tenth of it. */
static void wait_for_a_moment(struct sample *sample, size_t i)
{
    size_t within = i < 30 ? 0 : i - 30;
    sample->run_delay_ns = (within < 5 ? within : 5) * UINT64_C(2600000000);
}

TEST(threads_that_wait_for_a_moment_do_not_tell_of_a_quota)
{
    struct step_builder builder = slow_step(0.22, 0.15);
    assert_int_not_equal(cause_with(&builder, 1, wait_for_a_moment).cause, CAUSE_QUOTA);
}

/* --- stops -------------------------------------------------------------------------------------------------------- */

static void stop_for_a_second(struct sample *sample, size_t i)
{
    sample->stopped_processes = i >= 30 && i < 40;
}

static void stop_always(struct sample *sample, size_t i)
{
    sample->stopped_processes = 1;
    (void)i;
}

TEST(a_service_that_was_stopped_was_stopped)
{
    struct step_builder builder = slow_step(0.4, 0.2);
    struct cause_finding finding = cause_with(&builder, 2, stop_for_a_second);

    assert_int_equal(finding.cause, CAUSE_STOPPED);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    assert_float_equal(evidence_of(&finding, "stopped_share")->value, 10.0 / 51, 1e-6);
    assert_int_equal(cause_with(&builder, 2, stop_always).cause, CAUSE_WAITING); /* by others of its processes */
}

TEST(a_stop_without_a_stall_was_of_a_process_that_nobody_missed)
{
    struct step_builder builder = slow_step(0.4, 0.2);
    struct caused_trial trial;

    caused_trial_init(&trial, &builder, 1, 2);
    for (size_t i = 0; i < trial.records[0].sample_count; i++) {
        stop_for_a_second(&trial.records[0].samples[i], i);
    }
    assert_int_equal(caused_trial_find(&trial, 0).cause, CAUSE_WAITING);
    caused_trial_stall(&trial, 0, 2000, 1000);
    assert_int_equal(caused_trial_find(&trial, 0).cause, CAUSE_STOPPED);
    caused_trial_release(&trial);
}

/* --- memory of its group ------------------------------------------------------------------------------------------ */

static void fill_group(struct sample *sample, size_t i)
{
    sample->service_group_memory_limit_bytes = 100 << 20;
    sample->service_group_memory_bytes = 99 << 20;
    sample->major_faults = i * 20;
}

static void fill_group_without_faults(struct sample *sample, size_t i)
{
    fill_group(sample, i);
    sample->major_faults = 0;
}

static void kill_a_worker(struct sample *sample, size_t i)
{
    sample->service_group_oom_kills = i > 30;
}

TEST(memory_at_its_group_s_limit_is_the_cause_where_pages_are_waited_for)
{
    struct step_builder builder = slow_step(0.4, 0.2);
    struct cause_finding finding = cause_with(&builder, 2, fill_group);

    assert_int_equal(finding.cause, CAUSE_MEMORY);
    check_evidence(&finding, "group_memory_limit_bytes", 100 << 20);
    assert_int_equal(cause_with(&builder, 2, fill_group_without_faults).cause, CAUSE_WAITING);
}

TEST(a_worker_that_was_killed_for_memory_names_it)
{
    struct step_builder builder = slow_step(0.4, 0.2);
    struct cause_finding finding = cause_with(&builder, 2, kill_a_worker);

    assert_int_equal(finding.cause, CAUSE_MEMORY);
    check_evidence(&finding, "group_oom_kills", 1);
}

/* --- the network -------------------------------------------------------------------------------------------------- */

/* A slow step of 10,000 requests by a service with CPU to spare, whose host sent so many segments again. */
static enum cause resent(uint64_t segments, uint64_t overflows, double cores_busy)
{
    struct step_builder builder = slow_step(0.4, 0.3);

    builder.host.cores_busy = cores_busy;
    builder.host.run_delay = cores_busy > 1.8 ? 0.25 : 0.01;
    builder.host.retransmits = segments;
    builder.host.listen_overflows = overflows;
    return cause_of(&builder, 2).cause;
}

TEST(what_is_sent_again_with_cpu_to_spare_was_lost_on_the_way)
{
    assert_int_equal(resent(1000, 0, 0.5), CAUSE_NETWORK);
    assert_int_equal(resent(201, 0, 0.5), CAUSE_NETWORK);
    assert_int_not_equal(resent(150, 0, 0.5), CAUSE_NETWORK);   /* some are lost always */
    assert_int_not_equal(resent(1000, 40, 0.5), CAUSE_NETWORK); /* as of connections that were not accepted */
    assert_int_not_equal(resent(1000, 0, 1.95), CAUSE_NETWORK); /* nobody had time to */
}

/* A link of 10 Mbit a second: 1.25 MB. */
static struct cause_finding filled(double sent, double rate, double cores_busy)
{
    struct step_builder builder = slow_step(0.4, 0.3);

    builder.host.cores_busy = cores_busy;
    builder.host.run_delay = cores_busy > 1.8 ? 0.25 : 0.01;
    builder.host.link_sent = sent;
    builder.host.link_rate = rate;
    return cause_of(&builder, 2);
}

TEST(a_link_whose_rate_is_used_up_is_the_cause_though_nothing_is_sent_again)
{
    struct cause_finding finding = filled(1.2e6, 1.25e6, 0.5);

    assert_int_equal(finding.cause, CAUSE_NETWORK);
    assert_float_equal(evidence_of(&finding, "link_share")->value, 0.96, 1e-3);
    assert_float_equal(evidence_of(&finding, "link_bytes_per_s")->value, 1.2e6, 1e3);
    assert_int_not_equal(filled(1.0e6, 1.25e6, 0.5).cause, CAUSE_NETWORK);
    assert_int_not_equal(filled(1.2e6, 1.25e6, 1.95).cause, CAUSE_NETWORK); /* nobody had time to send more */
}

/* A service that waits for a lock sends no more with twice the load either. */
TEST(a_link_of_an_unknown_rate_is_no_cause_by_its_bytes_alone)
{
    struct cause_finding finding = filled(1.2e6, 0, 0.5);

    assert_int_not_equal(finding.cause, CAUSE_NETWORK);
    assert_float_equal(evidence_of(&finding, "link_bytes_per_s")->value, 1.2e6, 1e3);
    assert_null(evidence_of(&finding, "link_share"));
    finding = filled(0, 0, 0.5); /* loopback */
    assert_null(evidence_of(&finding, "link_bytes_per_s"));
}

TEST(what_the_link_carried_stands_beside_what_it_carried_at_half_the_load)
{
    struct step_builder builders[2] = {healthy_step(), slow_step(0.4, 0.3)};
    struct caused_trial trial;

    step_builder_init(&builders[0], 1000);
    builders[0].host.link_sent = 0.8e6;
    builders[1].host.link_sent = 1.2e6;
    builders[1].host.retransmits = 1000;
    caused_trial_init(&trial, builders, 2, 1);
    struct cause_finding finding = caused_trial_find(&trial, 1);
    assert_int_equal(finding.cause, CAUSE_NETWORK);
    assert_float_equal(evidence_of(&finding, "link_lower_bytes_per_s")->value, 0.8e6, 1e3);
    caused_trial_release(&trial);
}
