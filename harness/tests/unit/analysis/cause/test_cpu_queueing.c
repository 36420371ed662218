/* Mean times against those of queueing theory, and against what a step shows. */
#include "analysis/cause/cpu_queueing.h"

#include "step_builder.h"
#include "test.h"

/* 100 requests a second that take `ms` at most, half of it at least, by a service that uses `cores` of its CPU. */
static struct cpu_queueing queue_of(double ms, double used, double thread, unsigned cores)
{
    struct step_builder builder;
    struct step_record step;
    struct host_usage host;
    struct cpu_queueing queue = {0};

    step_builder_init(&builder, 100);
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].usual_ms = ms;
    }
    builder.host.cores = builder.host.cores_busy = used;
    builder.host.busiest_thread = thread;
    step_builder_make(&builder, &step);
    host_usage_between(&step, cores, 0, step.load.measured_ns, &host);
    assert_true(cpu_queueing_find(&step, &host, cores, &queue));
    step_record_release(&step);
    return queue;
}

TEST(one_core_is_the_textbook_s_queue)
{
    struct cpu_queueing queue = queue_of(40, 0.8, 0.5, 1); /* 8 ms of CPU each, 80 % busy: 40 ms in the mean */

    assert_false(queue.one_thread);
    assert_float_equal(queue.busy_share, 0.8, 0.01);
    assert_float_equal(queue.expected_ns / 1e6, 40, 2);
    assert_float_equal(queue.expected_share, 40.0 / 30, 0.1); /* 20 to 40 ms were seen */
}

TEST(a_thread_that_does_all_the_work_is_one_core_however_many_there_are)
{
    struct cpu_queueing queue = queue_of(40, 0.8, 0.78, 4);

    assert_true(queue.one_thread);
    assert_float_equal(queue.busy_share, 0.78, 0.01);
    assert_true(queue.expected_ns > 30e6);
}

/* Erlang's formula gives 1.04 ms of waiting for 8 ms of need at 40 % of two cores (M/M/2: W = S / (1 - r^2)). */
TEST(several_cores_are_waited_for_less)
{
    struct cpu_queueing two = queue_of(40, 0.8, 0.3, 2);

    assert_false(two.one_thread);
    assert_float_equal(two.busy_share, 0.4, 0.01);
    assert_float_equal(two.expected_ns / 1e6, 8 / (1 - 0.4 * 0.4), 0.5);
}

TEST(long_times_with_little_cpu_are_not_explained)
{
    assert_true(queue_of(400, 0.05, 0.05, 1).expected_share < 0.01);
}

TEST(without_responses_or_readings_nothing_is_said)
{
    struct step_builder builder;
    struct step_record step;
    struct host_usage host = {0};
    struct cpu_queueing queue;

    step_builder_init(&builder, 100);
    step_builder_make(&builder, &step);
    assert_false(cpu_queueing_find(&step, &host, 1, &queue));
    host.known = true;
    step.load.tally.completed = 0;
    assert_false(cpu_queueing_find(&step, &host, 1, &queue));
    step_record_release(&step);
}
