#include "analysis/cause/backlog.h"

#include "caused.h"
#include "test.h"

static size_t late_in(const struct step_builder *builder)
{
    size_t late = 0;

    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        late += builder->intervals[i].slow;
    }
    return late;
}

TEST(a_accept_queue_that_overflowed_is_the_cause_in_proportion_to_what_was_late)
{
    struct step_builder idle = slow_step(0.5, 0.3), saturated = slow_step(1.9, 0.99), looping = slow_step(1.0, 0.97);

    check_cause(&idle, 2, CAUSE_WAITING);
    idle.host.listen_overflows = 1;
    check_cause(&idle, 2, CAUSE_WAITING); /* nearly a thousand were late, and one connection found no room */
    struct cause_finding finding = cause_of(&idle, 2);
    check_evidence(&finding, "accept_queue_overflows", 1);
    idle.host.listen_overflows = saturated.host.listen_overflows = looping.host.listen_overflows = late_in(&idle) / 5;
    check_cause(&idle, 2, CAUSE_BACKLOG);
    check_cause(&saturated, 2, CAUSE_CPU);
    check_cause(&looping, 2, CAUSE_ONE_THREAD);
}

/* As an event loop that has no time left to accept: its queue overflows, and so do its responses come late. */
TEST(a_accept_queue_that_a_busy_service_lets_overflow_is_a_sign_of_its_cpu)
{
    struct step_builder core = slow_step(0.89, 0.88), thread = slow_step(0.9, 0.88), idle = slow_step(0.5, 0.3);

    check_cause(&core, 1, CAUSE_UNKNOWN); /* neither saturated nor idle */
    core.host.listen_overflows = thread.host.listen_overflows = 3;
    struct cause_finding finding = cause_of(&core, 1);
    assert_int_equal(finding.cause, CAUSE_CPU);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    assert_true(finding.queued);
    check_evidence(&finding, "queue_busy_share", 0.88);
    check_evidence(&finding, "accept_queue_overflows", 3);
    assert_null(evidence_of(&finding, "queueing_expected_ns")); /* which does not explain it */
    check_cause(&thread, 2, CAUSE_ONE_THREAD);
    core.host.listen_overflows = late_in(&core);
    finding = cause_of(&core, 1);
    assert_int_equal(finding.cause, CAUSE_CPU);
    assert_int_equal(finding.second, CAUSE_BACKLOG);
    idle.host.listen_overflows = late_in(&idle);
    assert_int_equal(cause_of(&idle, 1).cause, CAUSE_BACKLOG);
}

/* As one of four places, which is empty again before the next sample. */
TEST(an_accept_queue_that_no_sample_saw_is_the_cause_where_it_overflowed_as_often_as_requests_were_late)
{
    struct step_builder idle = slow_step(0.5, 0.3);

    idle.host.queue_missed = true;
    idle.host.listen_overflows = 2 * late_in(&idle);
    check_cause(&idle, 2, CAUSE_BACKLOG);
    idle.host.listen_overflows = late_in(&idle) / 5;
    check_cause(&idle, 2, CAUSE_WAITING); /* it may have been another one's */
}
