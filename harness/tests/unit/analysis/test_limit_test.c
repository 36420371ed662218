/* A step holds a limit, breaks it, or does not decide. */
#include "analysis/verdict/limit_test.h"

#include "judging.h"
#include "test.h"

#include <signal.h>

static struct limit_judgement judgement_of(const struct step_builder *builder, enum limit limit)
{
    struct limit_judgement judgement;
    struct step_record record;

    step_builder_make(builder, &record);
    limit_test_step(&record, &usual_limits, limit, &judgement);
    step_record_release(&record);
    return judgement;
}

static void check_state(const struct step_builder *builder, enum limit limit, enum limit_state expected)
{
    struct limit_judgement judgement = judgement_of(builder, limit);
    assert_string_equal(limit_state_name(judgement.state), limit_state_name(expected));
}

TEST(far_from_the_limit_a_step_decides)
{
    struct step_builder fast = healthy_step(), slow = healthy_step();

    check_state(&fast, LIMIT_LATENCY, LIMIT_HOLDS);
    step_builder_slow(&slow, 0, 20, 10, 75);
    check_state(&slow, LIMIT_LATENCY, LIMIT_BREAKS);
}

TEST(close_to_the_limit_it_does_not)
{
    struct step_builder below = healthy_step(), above = healthy_step();

    step_builder_slow(&below, 0, 20, 5, 75);
    step_builder_slow(&above, 0, 20, 6, 75);
    check_state(&below, LIMIT_LATENCY, LIMIT_UNDECIDED);
    check_state(&above, LIMIT_LATENCY, LIMIT_UNDECIDED);
    assert_false(judgement_of(&below, LIMIT_LATENCY).over);
    assert_true(judgement_of(&above, LIMIT_LATENCY).over);
}

/* 120 ms of 5 s: 2.4 % of the requests. */
TEST(a_single_stall_decides_nothing)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 7, 8, 240, 75);
    struct limit_judgement judgement = judgement_of(&builder, LIMIT_LATENCY);
    assert_int_equal(judgement.state, LIMIT_UNDECIDED);
    assert_true(judgement.over);
    assert_false(judgement.beyond_doubt);
}

TEST(most_requests_late_is_beyond_doubt)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 9, 20, 500, 75);
    struct limit_judgement judgement = judgement_of(&builder, LIMIT_LATENCY);
    assert_int_equal(judgement.state, LIMIT_BREAKS);
    assert_true(judgement.beyond_doubt);
}

TEST(what_fails_after_the_process_ended_is_beyond_doubt)
{
    struct step_builder builder = healthy_step();

    step_builder_fail(&builder, 18, 20, 300, FAILURE_CONNECT);
    check_state(&builder, LIMIT_ERRORS, LIMIT_UNDECIDED);
    step_builder_die(&builder, 4500, -1, SIGSEGV);
    struct limit_judgement judgement = judgement_of(&builder, LIMIT_ERRORS);
    assert_int_equal(judgement.state, LIMIT_BREAKS);
    assert_true(judgement.beyond_doubt);
}

TEST(a_percentile_that_is_not_shown_is_not_judged)
{
    struct step_builder few, enough;

    step_builder_init(&few, 196); /* 980 requests */
    step_builder_init(&enough, 200);
    check_state(&few, LIMIT_LATENCY, LIMIT_UNDECIDED);
    check_state(&enough, LIMIT_LATENCY, LIMIT_HOLDS);
    step_builder_slow(&few, 0, 20, few.intervals[0].offered, 75); /* all of them: no percentile is needed */
    check_state(&few, LIMIT_LATENCY, LIMIT_BREAKS);
}

TEST(errors_and_throughput_of_which_nothing_was_seen_hold)
{
    struct step_builder builder;

    step_builder_init(&builder, 20);
    check_state(&builder, LIMIT_ERRORS, LIMIT_HOLDS);
    check_state(&builder, LIMIT_THROUGHPUT, LIMIT_HOLDS);
    step_builder_fail(&builder, 3, 4, 1, FAILURE_RESET); /* 1 of 100 where 1 of 1,000 may */
    check_state(&builder, LIMIT_ERRORS, LIMIT_UNDECIDED);
}

TEST(a_limit_that_is_not_set_is_not_judged)
{
    struct step_builder builder = healthy_step();
    struct limit_judgement judgement;
    struct step_record record;

    step_builder_make(&builder, &record);
    limit_test_step(&record, &(struct limits){0}, LIMIT_LATENCY, &judgement);
    assert_int_equal(judgement.state, LIMIT_NOT_JUDGED);
    limit_test_step(&record, &(struct limits){0}, LIMIT_THROUGHPUT, &judgement);
    assert_int_equal(judgement.state, LIMIT_NOT_JUDGED);
    step_record_release(&record);
}

TEST(two_steps_that_do_not_decide_may_decide_together)
{
    struct step_builder builder = healthy_step();

    step_builder_slow(&builder, 0, 20, 6, 75); /* 1.2 % */
    struct limit_judgement one = judgement_of(&builder, LIMIT_LATENCY), all = one;
    assert_int_equal(one.state, LIMIT_UNDECIDED);
    for (int i = 0; i < 3; i++) {
        limit_test_add(&all, &one);
    }
    assert_int_equal(all.state, LIMIT_BREAKS);
    assert_false(all.beyond_doubt);
}

TEST(a_stall_and_a_step_that_holds_do_not_break_together)
{
    struct step_builder stalled = healthy_step(), fast = healthy_step();

    step_builder_slow(&stalled, 7, 8, 240, 75);
    struct limit_judgement all = judgement_of(&stalled, LIMIT_LATENCY), other = judgement_of(&fast, LIMIT_LATENCY);
    limit_test_add(&all, &other);
    assert_int_equal(all.state, LIMIT_UNDECIDED);
}
