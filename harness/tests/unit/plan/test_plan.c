#include "plan/plan.h"

#include "planned_ladder.h"
#include "test.h"

#include <string.h>

TEST(each_step_has_twice_the_level_of_the_one_before)
{
    struct plan plan;

    plan_make(&plan, &ladder, &four_by_three);
    assert_int_equal(plan.step_count, 9);
    for (unsigned i = 0; i < 9; i++) {
        assert_int_equal(plan.steps[i].index, i);
        assert_int_equal(plan.steps[i].level, UINT64_C(500) << i);
        assert_int_equal(plan.steps[i].rate, UINT64_C(500) << i);
        assert_int_equal(plan.steps[i].connections, 0);
        assert_int_equal(plan.steps[i].warmup_ns, i == 0 ? 4 * SECOND : SECOND);
        assert_int_equal(plan.steps[i].measure_ns, i == 0 ? 10 * SECOND : 8 * SECOND); /* 5,000 requests */
    }
    plan_release(&plan);
}

TEST(closed_load_has_connections_and_no_rate)
{
    struct scenario scenario = ladder;
    struct plan plan;

    scenario.doubling = DOUBLING_CONNECTIONS;
    plan_make(&plan, &scenario, &four_by_three);
    assert_int_equal(plan.steps[2].level, 2000);
    assert_int_equal(plan.steps[2].connections, 2000);
    assert_int_equal(plan.steps[2].rate, 0);
    plan_release(&plan);
}

TEST(a_doubling_value_keeps_the_rate)
{
    struct scenario scenario = ladder;
    struct plan plan;

    scenario.doubling = DOUBLING_VALUE;
    scenario.rate = 70;
    plan_make(&plan, &scenario, &four_by_three);
    assert_int_equal(plan.steps[8].level, 128000);
    assert_int_equal(plan.steps[8].rate, 70);
    assert_int_equal(plan.steps[8].connections, 0);
    plan_release(&plan);
}

TEST(each_step_with_a_process_of_its_own_is_warmed_up_as_the_first_and_there_is_no_recovery)
{
    char variable[] = "ITEMS";
    struct scenario scenario = ladder;
    struct plan plan;

    scenario.doubling = DOUBLING_VALUE;
    scenario.rate = 70;
    plan_make(&plan, &scenario, &four_by_three);
    assert_true(plan_has_recovery(&scenario) && plan.steps[8].warmup_ns < plan.steps[0].warmup_ns);
    plan_release(&plan);
    scenario.variable = variable;
    plan_make(&plan, &scenario, &four_by_three);
    assert_int_equal(plan.steps[8].warmup_ns, plan.steps[0].warmup_ns);
    assert_false(plan_has_recovery(&scenario));
    plan_release(&plan);
}

TEST(many_connections_have_the_time_to_be_opened_in)
{
    const struct plan_options quick = {.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK};
    struct scenario scenario = ladder;
    struct plan plan;

    scenario.doubling = DOUBLING_OPEN;
    scenario.rate = 500;
    scenario.from = 64;
    plan_make(&plan, &scenario, &quick);
    assert_int_equal(plan.steps[1].warmup_ns, SECOND / 4);
    assert_int_equal(plan.steps[8].connections, 16384);
    assert_true(plan.steps[8].warmup_ns > 2 * SECOND);
    assert_int_equal(plan.recovery.warmup_ns, 0);
    assert_true(plan_trial_ns(&plan, &scenario) > 9 * SECOND / 4 + plan.steps[8].warmup_ns);
    plan_release(&plan);
}

TEST(the_same_scenario_gives_the_same_plan_whatever_the_backends)
{
    const struct plan_options alone = {.backend_count = 1, .trial_count = 7};
    struct plan a;
    struct plan b;
    struct plan c;

    plan_make(&a, &ladder, &four_by_three);
    plan_make(&b, &ladder, &four_by_three);
    plan_make(&c, &ladder, &alone);
    assert_memory_equal(a.steps, b.steps, a.step_count * sizeof *a.steps);
    assert_memory_equal(a.order, b.order, 12 * sizeof *a.order);
    assert_memory_equal(a.steps, c.steps, a.step_count * sizeof *a.steps);
    plan_release(&a);
    plan_release(&b);
    plan_release(&c);
}

TEST(every_step_has_its_own_seed_from_the_scenario_s)
{
    struct scenario other = ladder;
    struct plan a;
    struct plan b;

    other.seed = 2;
    plan_make(&a, &ladder, &four_by_three);
    plan_make(&b, &other, &four_by_three);
    for (size_t i = 0; i < a.step_count; i++) {
        for (size_t j = 0; j < i; j++) {
            assert_int_not_equal(a.steps[i].seed, a.steps[j].seed);
        }
        assert_int_not_equal(a.steps[i].seed, b.steps[i].seed);
    }
    plan_release(&a);
    plan_release(&b);
}

TEST(a_step_s_seed_depends_on_nothing_that_comes_later)
{
    struct scenario other = ladder;
    struct plan a;
    struct plan b;

    other.steps = 3;
    other.from = 7;
    plan_make(&a, &ladder, &four_by_three);
    plan_make(&b, &other, &four_by_three);
    assert_int_equal(a.steps[2].seed, b.steps[2].seed);
    plan_release(&a);
    plan_release(&b);
}

TEST(every_block_holds_every_backend_once_and_each_is_first_equally_often)
{
    const struct plan_options options = {.backend_count = 5, .trial_count = 200};
    struct plan plan;
    size_t first[5] = {0};

    plan_make(&plan, &ladder, &options);
    for (size_t trial = 0; trial < 200; trial++) {
        unsigned seen = 0;
        for (size_t i = 0; i < 5; i++) {
            seen |= 1U << plan.order[trial * 5 + i];
        }
        assert_int_equal(seen, 31);
        first[plan.order[trial * 5]]++;
    }
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(first[i], 40);
    }
    plan_release(&plan);
}

TEST(a_step_has_a_seed_of_its_own_in_every_trial_and_attempt)
{
    enum { TRIALS = 12, ATTEMPTS = 4, STEPS = 12, ALL = TRIALS * ATTEMPTS * STEPS };
    struct planned_step steps[STEPS];
    uint64_t seeds[ALL];
    size_t count = 0;
    struct plan plan;

    plan_make(&plan, &ladder, &four_by_three);
    memcpy(steps, plan.steps, 9 * sizeof *steps);
    steps[9] = plan.recovery;
    plan_search_step(&plan, &ladder, 0, 707, &steps[10]);
    plan_search_step(&plan, &ladder, 1, 841, &steps[11]);
    for (size_t i = 0; i < STEPS; i++) {
        uint64_t made_with = steps[i].seed;
        for (unsigned trial = 0; trial < TRIALS; trial++) {
            for (unsigned attempt = 0; attempt < ATTEMPTS; attempt++) {
                plan_seed_step(&ladder, trial, attempt, &steps[i]);
                assert_true(steps[i].seed == plan_step_seed(&ladder, steps[i].stream, trial, attempt));
                seeds[count++] = steps[i].seed;
            }
        }
        plan_seed_step(&ladder, 0, 0, &steps[i]);
        assert_true(steps[i].seed == made_with);
    }
    for (size_t i = 0; i < ALL; i++) {
        for (size_t k = 0; k < i; k++) {
            assert_true(seeds[i] != seeds[k]);
        }
    }
    plan_release(&plan);
}

TEST(more_trials_keep_the_order_of_the_first_ones)
{
    const struct plan_options options = {.backend_count = 4, .trial_count = 9};
    struct plan few;
    struct plan many;

    plan_make(&few, &ladder, &four_by_three);
    plan_make(&many, &ladder, &options);
    assert_memory_equal(few.order, many.order, 12 * sizeof *few.order);
    plan_release(&few);
    plan_release(&many);
}

TEST(quick_takes_a_quarter_but_never_too_little_and_never_more)
{
    const struct plan_options quick = {.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK};
    const struct {
        uint64_t warmup_ns, measure_ns, quick_warmup_ns, quick_measure_ns;
    } cases[] = {
        {4 * SECOND, 8 * SECOND, SECOND, 2 * SECOND},
        {SECOND / 2, 3 * SECOND, SECOND / 4, SECOND},
        {SECOND / 10, SECOND, SECOND / 10, SECOND},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scenario scenario = ladder;
        struct plan plan;
        scenario.warmup_ns = cases[i].warmup_ns;
        scenario.measure_ns = cases[i].measure_ns;
        scenario.from = 2000;
        plan_make(&plan, &scenario, &quick);
        assert_int_equal(plan.steps[1].warmup_ns, cases[i].quick_warmup_ns);
        assert_int_equal(plan.steps[0].measure_ns, cases[i].quick_measure_ns);
        plan_release(&plan);
    }
}

TEST(the_first_step_is_a_fresh_process_and_warms_up_for_longer)
{
    const struct plan_options quick = {.backend_count = 1, .trial_count = 1, .profile = PROFILE_QUICK};
    const struct {
        uint64_t warmup_ns, measure_ns, first_ns;
    } cases[] = {
        {SECOND, 5 * SECOND, 4 * SECOND},
        {SECOND, SECOND / 2, SECOND / 2},
        {SECOND / 10, SECOND, SECOND},
        {8 * SECOND, 5 * SECOND, 4 * SECOND}, /* quick: a quarter, but never less than a fresh process takes */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scenario scenario = ladder;
        struct plan plan;
        scenario.warmup_ns = cases[i].warmup_ns;
        scenario.measure_ns = cases[i].measure_ns;
        plan_make(&plan, &scenario, &quick);
        assert_int_equal(plan.steps[0].warmup_ns, cases[i].first_ns);
        assert_true(plan.steps[1].warmup_ns < cases[i].first_ns);
        plan_release(&plan);
    }
}

TEST(a_search_goes_on_counting_and_its_schedule_belongs_to_its_level)
{
    struct scenario closed = ladder;
    struct planned_step step, same, other;
    struct plan plan;

    plan_make(&plan, &ladder, &four_by_three);
    plan_search_step(&plan, &ladder, 0, 707, &step);
    plan_search_step(&plan, &ladder, 2, 707, &same);
    plan_search_step(&plan, &ladder, 1, 708, &other);
    assert_int_equal(step.index, 9);
    assert_int_equal(same.index, 11);
    assert_int_equal(step.level, 707);
    assert_int_equal(step.rate, 707);
    assert_int_equal(step.connections, 0);
    assert_int_equal(step.measure_ns, 8 * SECOND);
    assert_int_equal(step.seed, same.seed);
    assert_int_not_equal(step.seed, other.seed);
    closed.doubling = DOUBLING_CONNECTIONS;
    plan_search_step(&plan, &closed, 0, 3, &step);
    assert_int_equal(step.connections, 3);
    assert_int_equal(step.rate, 0);
    plan_release(&plan);
}

TEST(a_recovery_is_the_first_step_at_once_and_for_longer_in_intervals_of_a_tenth_of_a_second)
{
    struct plan plan;

    plan_make(&plan, &ladder, &four_by_three);
    assert_int_equal(plan.recovery.level, 500);
    assert_int_equal(plan.recovery.warmup_ns, 0);
    assert_int_equal(plan.recovery.measure_ns, 16 * SECOND);
    assert_int_equal(plan.recovery.interval_count, 160);
    assert_int_not_equal(plan.recovery.seed, plan.steps[0].seed);
    assert_int_equal(plan.steps[0].interval_count, 20);
    plan_release(&plan);
}

TEST(the_longest_time_counts_every_step_with_its_deadline)
{
    struct plan plan;

    plan_make(&plan, &ladder, &four_by_three);
    /* Nine steps, the first with three seconds more of warm-up and two more for its requests; a recovery of twice the
     * time; six steps of search and eight repeats, each as long as the first. */
    assert_int_equal(plan_search_steps(&plan), 6);
    assert_int_equal(plan_longest_ns(&plan, &ladder),
                     3 * 4 * (9 * (1 + 8 + 1) + 5 + (2 * 8 + 1) + (6 + 8) * (4 + 10 + 1)) * SECOND);
    plan.trial_count = SIZE_MAX / 4;
    assert_true(plan_longest_ns(&plan, &ladder) == UINT64_MAX);
    plan_release(&plan);
}

TEST(six_trials_have_two_to_spare_and_fewer_have_none)
{
    const struct plan_options six = {.backend_count = 4, .trial_count = 6};
    struct plan few;
    struct plan many;
    struct text out = {0};

    plan_make(&few, &ladder, &four_by_three);
    plan_make(&many, &ladder, &six);
    assert_int_equal(few.spare_count, 0);
    assert_int_equal(plan_spare_ns(&few, &ladder), 0);
    assert_int_equal(many.spare_count, 2);
    assert_int_equal(plan_spare_ns(&many, &ladder), plan_longest_ns(&many, &ladder) / 3);
    for (size_t block = 0; block < 8; block++) {
        unsigned seen = 0;
        for (size_t i = 0; i < 4; i++) {
            seen |= 1U << many.order[block * 4 + i];
        }
        assert_int_equal(seen, 15);
    }
    plan_describe(&many, &ladder, &out);
    assert_non_null(
        strstr(out.data, "where steps stay invalid, up to 2 more trials each, until 6 of them are whole: "));
    plan_release(&few);
    plan_release(&many);
    text_release(&out);
}

TEST(no_backend_makes_an_empty_order)
{
    const struct plan_options none = {.backend_count = 0, .trial_count = 1};
    struct plan plan;

    plan_make(&plan, &ladder, &none);
    assert_int_equal(plan.step_count, 9);
    assert_int_equal(plan_longest_ns(&plan, &ladder), 0);
    plan_release(&plan);
}

TEST(a_plan_is_described_step_by_step)
{
    struct scenario scenario = ladder;
    struct plan plan;
    struct text out = {0};

    scenario.steps = 2;
    plan_make(&plan, &scenario, &four_by_three);
    plan_describe(&plan, &scenario, &out);
    assert_string_equal(out.data,
                        "ladder: a test\n"
                        "open load, poisson arrivals; the requests per second double\n"
                        "must hold at every step: nothing\n"
                        "\n"
                        "step    requests/s        requests    warm-up    measure\n"
                        "   1           500           7,000     4.00 s     10.0 s\n"
                        "   2         1,000           9,000     1.00 s     8.00 s\n"
                        "\n"
                        "then 500 again for 16.0 s: does it recover, and what memory does it keep\n"
                        "then up to 6 steps between the highest load that held and the lowest that broke, to within "
                        "10 %\n"
                        "up to 8 runs of a load once more, to confirm a break or to decide what one run does not\n"
                        "4 backends, 3 trials each: at most 50.4 min, with up to 1.00 s after each step for late "
                        "responses\n");
    plan_release(&plan);
    text_release(&out);
}

TEST(a_plan_says_what_doubles)
{
    struct scenario scenario = ladder;
    struct value size = {.name = "size", .type = VALUE_LEVEL};
    struct plan plan;
    struct text out = {0};

    scenario.doubling = DOUBLING_CONNECTIONS;
    plan_make(&plan, &scenario, &four_by_three);
    plan_describe(&plan, &scenario, &out);
    assert_non_null(strstr(out.data, "closed load; the connections double"));
    assert_non_null(strstr(out.data, "   1           500       as served     4.00 s     8.00 s\n"));
    plan_release(&plan);
    text_clear(&out);
    scenario.doubling = DOUBLING_VALUE;
    scenario.rate = 2000;
    scenario.arrivals = ARRIVALS_EVEN;
    scenario.traffic.values = &size;
    plan_make(&plan, &scenario, &four_by_three);
    plan_describe(&plan, &scenario, &out);
    assert_non_null(strstr(out.data, "open load, even arrivals, 2,000 requests/s; the value \"size\" doubles\n"));
    assert_non_null(strstr(out.data, "\nstep          size  "));
    plan_release(&plan);
    text_release(&out);
}
