/* The soak of a plan: a steady load at a share of what held. */
#include "plan/plan.h"

#include "planned_ladder.h"
#include "test.h"

#include <string.h>

static const struct soak half = {.share = 0.5, .warmup_ns = 8 * SECOND, .measure_ns = 60 * SECOND};

TEST(a_soak_is_a_share_of_what_held_for_its_own_time_in_intervals_of_a_second)
{
    const struct plan_options quick = {.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK};
    struct scenario scenario = ladder;
    struct planned_step step;
    struct plan plan;

    scenario.soak = half;
    scenario.spikes = 3;
    plan_make(&plan, &scenario, &four_by_three);
    plan_soak_step(&plan, &scenario, 19027, &step);
    assert_int_equal(step.level, 9514);
    assert_int_equal(step.rate, 9514);
    assert_int_equal(step.connections, 0);
    assert_int_equal(step.warmup_ns, 8 * SECOND);
    assert_int_equal(step.measure_ns, 60 * SECOND);
    assert_int_equal(step.interval_count, 60);
    assert_int_equal(step.spikes, 0);
    assert_int_not_equal(step.seed, plan.steps[0].seed);
    assert_int_not_equal(step.seed, plan.recovery.seed);
    plan_release(&plan);
    plan_make(&plan, &scenario, &quick);
    plan_soak_step(&plan, &scenario, 19027, &step);
    assert_int_equal(step.warmup_ns, 2 * SECOND);
    assert_int_equal(step.measure_ns, 15 * SECOND);
    assert_int_equal(step.interval_count, 20);
    plan_release(&plan);
}

TEST(a_soak_has_at_least_one_of_what_doubles)
{
    struct scenario scenario = ladder;
    struct planned_step step;
    struct plan plan;

    scenario.doubling = DOUBLING_CONNECTIONS;
    scenario.soak = half;
    scenario.soak.share = 0.001;
    plan_make(&plan, &scenario, &four_by_three);
    plan_soak_step(&plan, &scenario, 3, &step);
    assert_int_equal(step.level, 1);
    assert_int_equal(step.connections, 1);
    assert_int_equal(step.rate, 0);
    plan_release(&plan);
}

TEST(many_open_connections_warmup_for_as_long_as_they_take_to_open)
{
    struct scenario scenario = ladder;
    struct planned_step step;
    struct plan plan;

    scenario.doubling = DOUBLING_OPEN;
    scenario.rate = 100;
    scenario.soak = half;
    scenario.soak.warmup_ns = SECOND;
    plan_make(&plan, &scenario, &four_by_three);
    plan_soak_step(&plan, &scenario, 20000, &step);
    assert_int_equal(step.connections, 10000);
    assert_int_equal(step.warmup_ns, 2 * SECOND);
    plan_release(&plan);
}

TEST(a_soak_takes_its_time_in_each_trial_and_is_described)
{
    struct scenario scenario = ladder;
    struct plan plan;
    struct text out = {0};

    plan_make(&plan, &ladder, &four_by_three);
    assert_int_equal(plan_soak_ns(&plan, &ladder), 0);
    uint64_t without_ns = plan_trial_ns(&plan, &ladder);
    scenario.soak = half;
    assert_int_equal(plan_soak_ns(&plan, &scenario), (8 + 60 + 1) * SECOND);
    assert_int_equal(plan_trial_ns(&plan, &scenario), without_ns + (8 + 60 + 1) * SECOND);
    plan_describe(&plan, &ladder, &out);
    assert_null(strstr(out.data, "steady"));
    text_clear(&out);
    plan_describe(&plan, &scenario, &out);
    assert_non_null(strstr(out.data,
                           "\nthen 50 % of the highest level that held, steady, for 60.0 s after a warm-up of 8.00 s: "
                           "does its memory grow\n"));
    text_release(&out);
    plan_release(&plan);
}

TEST(subscribers_are_due_a_message_a_second_in_intervals_of_whole_seconds)
{
    const struct plan_options quick = {.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK};
    struct scenario scenario = ladder;
    struct planned_step step;
    struct plan plan;

    scenario.doubling = DOUBLING_SUBSCRIBERS;
    scenario.rate = 0;
    scenario.from = 1000;
    scenario.measure_ns = 3 * SECOND + SECOND / 2;
    scenario.warmup_ns = SECOND;
    plan_make(&plan, &scenario, &quick);
    for (size_t i = 0; i < plan.step_count; i++) {
        assert_int_equal(plan.steps[i].subscribers, plan.steps[i].level);
        assert_int_equal(plan.steps[i].connections, plan.steps[i].level);
        assert_int_equal(plan.steps[i].rate, plan.steps[i].level);
        assert_int_equal(plan.steps[i].measure_ns % SECOND, 0);
        assert_int_equal(plan.steps[i].interval_count, plan.steps[i].measure_ns / SECOND);
    }
    assert_int_equal(plan.recovery.measure_ns % SECOND, 0);
    assert_int_equal(plan.recovery.interval_count, plan.recovery.measure_ns / SECOND);
    scenario.soak = half;
    plan_soak_step(&plan, &scenario, 20000, &step);
    assert_int_equal(step.subscribers, 10000);
    assert_int_equal(step.warmup_ns, 2 * SECOND); /* for as long as the streams take to open */
    assert_int_equal(step.interval_count, step.measure_ns / SECOND);
    plan_release(&plan);
}
