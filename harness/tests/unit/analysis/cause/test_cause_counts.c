/* Causes that counts and figures beside CPU tell: file descriptors, swap, kills, quotas, steal, and the moment of
 * breaking.
 */
#include "analysis/cause/cause.h"

#include "caused.h"
#include "test.h"

#include <signal.h>
#include <string.h>

/* The step with its samples changed by `change`, sample by sample. */
static struct cause_finding cause_with(const struct step_builder *builder, unsigned cores,
                                       void (*change)(struct sample *sample, size_t i))
{
    struct step_record record;

    step_builder_make(builder, &record);
    for (size_t i = 0; i < record.sample_count; i++) {
        change(&record.samples[i], i);
    }
    record.memory.swap_bytes = record.samples[0].swapped_pages > 0 ? 1 << 20 : 0;
    struct cause_finding finding = cause_of_record(&record, cores);
    step_record_release(&record);
    return finding;
}

static void open_almost_all(struct sample *sample, size_t i)
{
    sample->file_descriptor_limit = 1024;
    sample->file_descriptors_most = i == 30 ? 1023 : 900;
}

static void open_many(struct sample *sample, size_t i)
{
    (void)i;
    sample->file_descriptor_limit = 1024;
    sample->file_descriptors_most = 1022;
}

TEST(a_process_with_all_its_descriptors_open_has_run_out_of_them)
{
    struct step_builder builder = slow_step(0.5, 0.3);
    struct cause_finding finding = cause_with(&builder, 2, open_almost_all);

    assert_int_equal(finding.cause, CAUSE_FILE_DESCRIPTORS);
    assert_int_equal(finding.second, CAUSE_WAITING);
    check_evidence(&finding, "file_descriptors_open", 1023);
    check_evidence(&finding, "file_descriptor_limit", 1024);
    assert_int_equal(cause_with(&builder, 2, open_many).cause, CAUSE_WAITING);
}

static void steal(struct sample *sample, size_t i)
{
    sample->service_cores_steal_ns = i * 20000000;
}

TEST(a_core_that_the_hypervisor_takes_a_part_of_is_saturated_with_what_is_left)
{
    struct step_builder builder = slow_step(0.78, 0.7);
    struct cause_finding finding = cause_with(&builder, 1, steal);

    assert_int_equal(finding.cause, CAUSE_CPU);
    check_evidence(&finding, "steal_share", 0.2);
    check_cause(&builder, 1, CAUSE_UNKNOWN);
}

static void swap_pages(struct sample *sample, size_t i)
{
    sample->swapped_pages = 1 + i * 100;
}

TEST(pages_of_the_service_that_come_and_go_are_memory)
{
    struct step_builder builder = slow_step(0.5, 0.3);
    struct cause_finding finding = cause_with(&builder, 2, swap_pages);

    assert_int_equal(finding.cause, CAUSE_MEMORY);
    check_evidence(&finding, "swap_bytes", 1 << 20);
}

static void kill_for_memory(struct sample *sample, size_t i)
{
    sample->oom_kills = i > 40;
}

TEST(a_service_killed_while_the_kernel_killed_for_memory_died_of_it)
{
    struct step_builder builder = slow_step(0.5, 0.3);

    step_builder_die(&builder, 3500, -1, SIGKILL);
    assert_int_equal(cause_with(&builder, 2, kill_for_memory).cause, CAUSE_MEMORY);
    step_builder_die(&builder, 3500, -1, SIGSEGV);
    assert_int_equal(cause_with(&builder, 2, kill_for_memory).cause, CAUSE_CRASH);
}

static void kill_in_warm_up(struct sample *sample, size_t i)
{
    sample->oom_kills = i > 4;
    sample->service_group_oom_kills = i == 5; /* after that the group cannot be read */
}

TEST(a_service_killed_for_memory_in_its_warm_up_died_of_it)
{
    struct step_builder builder = slow_step(0.5, 0.3);

    step_builder_die(&builder, 0, -1, SIGKILL);
    assert_int_equal(cause_with(&builder, 2, kill_in_warm_up).cause, CAUSE_MEMORY);
}

static void throttle(struct sample *sample, size_t i)
{
    sample->group_throttled_ns = i * 30000000;
}

TEST(a_quota_that_is_used_up_is_a_cause_of_its_own)
{
    struct step_builder builder = slow_step(0.5, 0.3), saturated = slow_step(1.9, 0.99);
    struct cause_finding finding = cause_with(&builder, 2, throttle);

    assert_int_equal(finding.cause, CAUSE_QUOTA);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    check_evidence(&finding, "throttled_share", 0.3);
    assert_int_equal(cause_with(&saturated, 2, throttle).second, CAUSE_UNKNOWN); /* its CPU is what the quota leaves */
}

/* On average seven tenths; saturated in the second in which it breaks. */
static void work_in_a_burst(struct sample *sample, size_t i)
{
    size_t before = i < 30 ? i : 30, after = i < 45 ? 0 : i - 45;
    size_t within = i - before - after;
    sample->cpu_ns = before * 60000000 + within * 99000000 + after * 50000000;
    sample->service_cores_busy_ns = sample->cpu_ns;
    sample->busiest_thread_cpu_ns = 0;
}

TEST(cores_that_are_saturated_while_the_step_breaks_are_the_cause)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 9, 20, 300, 75);
    builder.host.run_delay = 0.3;
    struct cause_finding finding = cause_with(&builder, 1, work_in_a_burst);
    assert_int_equal(finding.cause, CAUSE_CPU);
    assert_true(evidence_of(&finding, "service_cpu_share")->value < 0.75);
    assert_true(evidence_of(&finding, "breaking_cores_busy_share")->value > 0.95);
    assert_true(evidence_of(&finding, "breaking_cpu_share")->value > 0.9); /* the step's own is not saturated */
}

TEST(what_the_figures_allow_as_well_is_said_second)
{
    struct step_builder saturated = slow_step(1.9, 0.99), looping = slow_step(1.0, 0.97);

    assert_int_equal(cause_of(&saturated, 2).second, CAUSE_UNKNOWN);
    saturated.host.listen_overflows = looping.host.listen_overflows = 3; /* of a thousand late */
    assert_int_equal(cause_of(&saturated, 2).second, CAUSE_UNKNOWN);
    saturated.host.listen_overflows = looping.host.listen_overflows = 300;
    assert_int_equal(cause_of(&saturated, 2).second, CAUSE_BACKLOG);
    assert_int_equal(cause_of(&looping, 2).second, CAUSE_BACKLOG);
}
