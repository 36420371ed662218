/* Slow connections in a plan. */
#include "plan/plan.h"
#include "planned_ladder.h"
#include "test.h"

TEST(slow_connections_double_beside_a_load_that_stays)
{
    const struct plan_options quick = {.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK};
    struct scenario scenario = ladder;
    struct plan plan;

    scenario.doubling = DOUBLING_SLOW;
    scenario.rate = 500;
    scenario.from = 64;
    scenario.slow = (struct slow_pace){.part = SLOW_BODY, .bytes_per_s = 3};
    plan_make(&plan, &scenario, &quick);
    for (unsigned i = 0; i < plan.step_count; i++) {
        assert_int_equal(plan.steps[i].slow_connections, UINT64_C(64) << i);
        assert_int_equal(plan.steps[i].slow.part, SLOW_BODY);
        assert_int_equal(plan.steps[i].slow.bytes_per_s, 3);
        assert_int_equal(plan.steps[i].rate, 500);
        assert_int_equal(plan.steps[i].connections, 0);
    }
    assert_true(plan.steps[8].warmup_ns > 4 * SECOND); /* half of it is for opening 16,384 */
    assert_int_equal(plan.recovery.slow_connections, 64);
    plan_release(&plan);
    scenario.doubling = DOUBLING_OPEN;
    plan_make(&plan, &scenario, &quick);
    assert_int_equal(plan.steps[8].slow_connections, 0);
    plan_release(&plan);
}
