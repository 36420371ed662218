/* Causes that other steps of the trial tell: what stays flat, memory since the start, and what CPU went into. */
#include "analysis/cause/cause.h"

#include "caused_trial.h"
#include "test.h"

/* --- what lets one request through after another ------------------------------------------------------------------ */

/* A service at `cores` of one core in steps of 1,000/s and 2,000/s, of which the second has `good` of each 500 requests
 * answered and all others unsent. */
static struct cause_finding beside_a_step(double cores, uint64_t good, bool valid)
{
    struct step_builder builders[2] = {healthy_step(), healthy_step()};
    struct caused_trial trial;

    step_builder_init(&builders[0], 1000);
    for (size_t i = 0; i < 2; i++) {
        builders[i].host.cores = builders[i].host.cores_busy = cores;
        builders[i].host.busiest_thread = cores / 2;
    }
    step_builder_fail(&builders[1], 0, BUILT_INTERVALS, 500 - good, FAILURE_UNSENT);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builders[1].intervals[i].usual_ms = 900;
    }
    caused_trial_init(&trial, builders, 2, 1);
    trial.steps[0].valid = valid;
    struct cause_finding finding = caused_trial_find(&trial, 1);
    caused_trial_release(&trial);
    return finding;
}

static struct cause_finding behind_a_lock(double cores, uint64_t good)
{
    return beside_a_step(cores, good, true);
}

TEST(a_step_that_says_nothing_of_the_service_is_not_compared_with)
{
    assert_int_equal(beside_a_step(0.8, 260, false).cause, CAUSE_UNKNOWN);
}

TEST(what_stays_flat_while_the_load_doubles_is_serialised_at_any_share_of_cpu)
{
    struct cause_finding finding = behind_a_lock(0.8, 260);

    assert_int_equal(finding.cause, CAUSE_WAITING);
    assert_true(finding.serial);
    assert_float_equal(evidence_of(&finding, "served_rps")->value, 1040, 1e-6);
    assert_float_equal(evidence_of(&finding, "served_at_another_load_rps")->value, 1000, 1e-6);
    assert_false(behind_a_lock(0.5, 260).serial); /* it had CPU to spare anyway */
}

TEST(what_grows_with_the_load_is_not_serialised_and_full_cores_are_not_either)
{
    assert_int_equal(behind_a_lock(0.8, 400).cause, CAUSE_UNKNOWN);
    assert_int_equal(behind_a_lock(0.95, 260).cause, CAUSE_CPU);
}

TEST(a_service_that_falls_behind_without_being_full_is_serialised)
{
    struct step_builder builder = healthy_step();

    builder.host.cores = builder.host.cores_busy = 0.8;
    builder.host.busiest_thread = 0.3;
    step_builder_queue(&builder, 10, 4000);
    struct cause_finding finding = cause_of(&builder, 1);
    assert_int_equal(finding.cause, CAUSE_WAITING);
    assert_true(finding.serial);
}

TEST(a_load_that_doubles_in_something_else_than_the_rate_may_stay_flat)
{
    struct step_builder builders[2] = {slow_step(0.8, 0.3), slow_step(0.8, 0.3)};
    struct caused_trial trial;

    builders[1].level *= 2;
    caused_trial_init(&trial, builders, 2, 1);
    trial.records[1].rate = trial.records[0].rate;
    assert_int_equal(caused_trial_find(&trial, 1).cause, CAUSE_UNKNOWN);
    caused_trial_release(&trial);
}

/* --- memory ------------------------------------------------------------------------------------------------------- */

TEST(memory_is_held_against_what_it_was_before_any_load)
{
    struct step_builder builder = healthy_step();
    struct caused_trial trial;

    builder.host.rss_mib = 700; /* taken before measuring began */
    builder.connections = 1000;
    caused_trial_init(&trial, &builder, 1, 2);
    trial.context.idle_bytes = 200 << 20;
    struct cause_finding finding = caused_trial_find(&trial, 0);
    assert_int_equal(finding.cause, CAUSE_MEMORY);
    check_evidence(&finding, "memory_idle_bytes", 200 << 20);
    check_evidence(&finding, "memory_per_connection_bytes", 500 * MIB / 1000);
    trial.records[0].load.connections = 10;
    finding = caused_trial_find(&trial, 0);
    assert_null(evidence_of(&finding, "memory_per_connection_bytes"));
    caused_trial_release(&trial);
}

/* --- descriptors and CPU ------------------------------------------------------------------------------------------ */

static void open_all(struct step_record *record)
{
    for (size_t i = 0; i < record->sample_count; i++) {
        record->samples[i].file_descriptor_limit = 64;
        record->samples[i].file_descriptors_most = 64;
    }
}

/* All descriptors are open in a step that uses all of one core, after one at half the load that used `before`. */
static struct cause_finding full_of_descriptors(double before)
{
    struct step_builder builders[2] = {healthy_step(), slow_step(0.97, 0.5)};
    struct caused_trial trial;

    step_builder_init(&builders[0], 1000);
    builders[0].host.cores = builders[0].host.cores_busy = before;
    caused_trial_init(&trial, builders, 2, 1);
    open_all(&trial.records[1]);
    struct cause_finding finding = caused_trial_find(&trial, 1);
    caused_trial_release(&trial);
    return finding;
}

TEST(descriptors_that_a_slow_service_fills_are_behind_its_cpu)
{
    struct cause_finding finding = full_of_descriptors(0.48);

    assert_int_equal(finding.cause, CAUSE_CPU);
    assert_int_equal(finding.second, CAUSE_FILE_DESCRIPTORS);
}

TEST(cpu_that_goes_into_trying_to_accept_is_behind_the_descriptors)
{
    struct cause_finding finding = full_of_descriptors(0.1);

    assert_int_equal(finding.cause, CAUSE_FILE_DESCRIPTORS);
    assert_int_equal(finding.second, CAUSE_CPU);
}

TEST(one_thread_that_is_full_was_not_waiting_for_anything)
{
    struct step_builder looping = slow_step(1.0, 0.97);

    struct cause_finding finding = cause_of(&looping, 2);
    assert_int_equal(finding.cause, CAUSE_ONE_THREAD);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
}
