/* What a trial runs next, out of verdicts that the tests make up: a service with a capacity, and what disturbs it. */
#include "bench/policy.h"

#include "base/mem.h"
#include "test.h"

#include <stdlib.h>

#define STEPS 9

static const struct scenario scenario = {.name = "made up",
                                         .doubling = DOUBLING_RATE,
                                         .from = 500,
                                         .steps = STEPS,
                                         .warmup_ns = 1000000000,
                                         .measure_ns = 5000000000,
                                         .deadline_ns = 1000000000,
                                         .seed = 1,
                                         .limits = {.percentile = 0.99, .latency_ns = 50000000}};

enum answer { HOLDS, BREAKS, SURELY_BREAKS, UNDECIDED, UNDECIDED_ABOVE, INVALID, DENIED };

static struct step_verdict verdict_of(enum answer answer)
{
    struct step_verdict verdict = {.verdict = VERDICT_PASS};
    struct limit_judgement *latency = &verdict.limits[LIMIT_LATENCY];

    *latency = (struct limit_judgement){.state = LIMIT_HOLDS, .allowed_share = 0.01, .share = {1, 10000, 1, 1}};
    if (answer == BREAKS || answer == SURELY_BREAKS) {
        verdict.verdict = VERDICT_BREAK;
        latency->state = LIMIT_BREAKS;
        latency->over = true;
        latency->beyond_doubt = answer == SURELY_BREAKS;
        latency->share = (struct share){600, 10000, 600, 1};
    } else if (answer == UNDECIDED || answer == UNDECIDED_ABOVE) {
        verdict.verdict = VERDICT_UNDECIDED;
        latency->state = LIMIT_UNDECIDED;
        latency->over = answer == UNDECIDED_ABOVE;
        latency->share = (struct share){latency->over ? 110 : 90, 10000, 3000, 1};
    } else if (answer == INVALID || answer == DENIED) {
        verdict.verdict = VERDICT_INVALID;
        verdict.invalid[INVALID_DENIED] = answer == DENIED;
    }
    return verdict;
}

/* What a simulated service answers. `once` breaks at its first run only; so many requests per second it holds. */
struct service {
    uint64_t capacity; /* above it breaks, above 1.5 times it surely */
    uint64_t once;     /* a level whose first run breaks, or is invalid */
    enum answer once_answer;
    uint64_t vague_low, vague_high; /* undecided between the two */
    uint64_t dies_at;
    bool cold;  /* what the recovery says */
    bool loses; /* what it needs fails in the first run of each step */
};

struct course {
    struct policy_step steps[80];
    size_t count;
    struct service service;
};

static enum answer answer_of(const struct service *service, const struct policy_step *step)
{
    uint64_t level = step->planned.level;

    if (level == service->once && step->attempt == 0) {
        return service->once_answer;
    }
    if (level > service->vague_low && level < service->vague_high) {
        return level > service->capacity ? UNDECIDED_ABOVE : UNDECIDED;
    }
    if (level <= service->capacity) {
        return HOLDS;
    }
    return 2 * level > 3 * service->capacity ? SURELY_BREAKS : BREAKS;
}

static struct course *run_of(const struct scenario *climbed, enum profile profile, const struct service *service)
{
    struct course *course = mem_new(1, sizeof *course);
    struct plan plan;
    struct policy policy;
    struct policy_step step;
    bool lost = false;

    course->service = *service;
    plan_make(&plan, climbed, &(struct plan_options){1, 1, profile});
    policy_init(&policy, &plan, climbed, 0);
    while (policy_next(&policy, &step)) {
        bool dies = step.planned.level == service->dies_at;
        lost = service->loses && !lost;
        if (lost) {
            policy_lose(&policy, &step);
            continue;
        }
        assert_true(course->count < sizeof course->steps / sizeof course->steps[0]);
        course->steps[course->count++] = step;
        if (step.stage == POLICY_RECOVERY) {
            policy_learn_recovery(&policy, &(struct policy_recovery){.cold = service->cold});
        } else {
            struct step_verdict verdict = verdict_of(answer_of(service, &step));
            policy_learn(&policy, &step, &verdict, dies);
        }
    }
    policy_release(&policy);
    plan_release(&plan);
    return course;
}

static struct course *run(enum profile profile, const struct service *service)
{
    return run_of(&scenario, profile, service);
}

static unsigned runs_of(const struct course *course, enum policy_stage stage, uint64_t level)
{
    unsigned count = 0;
    for (size_t i = 0; i < course->count; i++) {
        count += course->steps[i].stage == stage && (level == 0 || course->steps[i].planned.level == level);
    }
    return count;
}

TEST(the_ladder_goes_on_until_two_levels_broke_and_then_recovers)
{
    struct course *course = run(PROFILE_QUICK, &(struct service){.capacity = 5000});

    /* 500, 1,000, 2,000, 4,000 hold; 8,000 and 16,000 surely break */
    assert_int_equal(runs_of(course, POLICY_LADDER, 0), 6);
    assert_int_equal(runs_of(course, POLICY_RECOVERY, 0), 1);
    assert_int_equal(course->count, 7); /* no search in a quick run */
    free(course);
}

TEST(processes_that_are_started_for_each_level_have_nothing_to_recover_from)
{
    char variable[] = "ITEMS";
    struct scenario anew = scenario;

    anew.doubling = DOUBLING_VALUE;
    anew.rate = 100;
    anew.variable = variable;
    struct course *course = run_of(&anew, PROFILE_QUICK, &(struct service){.capacity = 5000});
    assert_int_equal(runs_of(course, POLICY_LADDER, 0), 6);
    assert_int_equal(runs_of(course, POLICY_RECOVERY, 0), 0);
    free(course);
}

TEST(a_break_that_is_not_beyond_doubt_is_run_again_with_other_arrivals)
{
    struct course *course = run(PROFILE_QUICK, &(struct service){.capacity = 7000});

    assert_int_equal(runs_of(course, POLICY_LADDER, 8000), 2);
    assert_int_equal(course->steps[4].planned.level, 8000);
    assert_int_equal(course->steps[5].planned.level, 8000);
    assert_int_equal(course->steps[5].attempt, 1);
    assert_true(course->steps[4].planned.seed != course->steps[5].planned.seed);
    assert_int_equal(runs_of(course, POLICY_LADDER, 16000), 1);
    free(course);
}

TEST(a_lost_step_is_given_again_and_costs_nothing)
{
    const struct service services[] = {{.capacity = 7000},
                                       {.capacity = 5000, .cold = true},
                                       {.capacity = 9000, .vague_low = 8000, .vague_high = 12000}};

    for (size_t i = 0; i < sizeof services / sizeof services[0]; i++) {
        struct service losing = services[i];
        losing.loses = true;
        struct course *course = run(PROFILE_STANDARD, &services[i]), *other = run(PROFILE_STANDARD, &losing);
        assert_int_equal(other->count, course->count);
        for (size_t k = 0; k < course->count; k++) {
            assert_int_equal(other->steps[k].stage, course->steps[k].stage);
            assert_int_equal(other->steps[k].planned.level, course->steps[k].planned.level);
            assert_int_equal(other->steps[k].counted, course->steps[k].counted);
            assert_true(other->steps[k].attempt > course->steps[k].attempt);
            assert_true(other->steps[k].planned.seed != course->steps[k].planned.seed);
        }
        free(course);
        free(other);
    }
}

TEST(one_bad_moment_does_not_end_the_ladder)
{
    struct course *course =
        run(PROFILE_STANDARD, &(struct service){.capacity = 50000, .once = 2000, .once_answer = BREAKS});

    assert_int_equal(runs_of(course, POLICY_LADDER, 2000), 3); /* it broke, it held, and the third decides */
    assert_int_equal(runs_of(course, POLICY_LADDER, 64000), 2);
    assert_int_equal(runs_of(course, POLICY_SEARCH, 2000), 0);
    for (size_t i = 0; i < course->count; i++) {
        if (course->steps[i].stage == POLICY_SEARCH) {
            assert_in_range(course->steps[i].planned.level, 32000, 64000);
        }
    }
    free(course);
}

TEST(an_invalid_step_is_run_again_once)
{
    struct course *course =
        run(PROFILE_QUICK, &(struct service){.capacity = 5000, .once = 1000, .once_answer = INVALID});

    assert_int_equal(runs_of(course, POLICY_LADDER, 1000), 2);
    free(course);
}

TEST(a_step_that_this_machine_had_no_file_descriptor_for_is_not_run_again)
{
    struct course *course =
        run(PROFILE_QUICK, &(struct service){.capacity = 5000, .once = 1000, .once_answer = DENIED});

    assert_int_equal(runs_of(course, POLICY_LADDER, 1000), 1);
    free(course);
}

TEST(a_search_ends_at_its_width_around_the_capacity)
{
    static const uint64_t capacities[] = {700, 5001, 9900, 15999};

    for (size_t i = 0; i < sizeof capacities / sizeof capacities[0]; i++) {
        struct course *course = run(PROFILE_STANDARD, &(struct service){.capacity = capacities[i]});
        uint64_t held = 0, broke = UINT64_MAX;
        for (size_t k = 0; k < course->count; k++) {
            uint64_t level = course->steps[k].planned.level;
            if (course->steps[k].stage == POLICY_RECOVERY) {
                continue;
            }
            if (level <= capacities[i] && level > held) {
                held = level;
            } else if (level > capacities[i] && level < broke) {
                broke = level;
            }
        }
        assert_true((double)broke <= 1.1 * (double)held);
        assert_true(runs_of(course, POLICY_SEARCH, broke) + runs_of(course, POLICY_LADDER, broke) >= 2);
        free(course);
    }
}

TEST(loads_that_do_not_decide_cost_no_more_than_the_budget)
{
    const struct service vague = {.capacity = 10000, .vague_low = 8100, .vague_high = 15900};
    struct course *course = run(PROFILE_STANDARD, &vague);
    unsigned repeats = 0, searched = 0;
    struct plan plan;

    plan_make(&plan, &scenario, &(struct plan_options){1, 1, PROFILE_STANDARD});
    for (size_t i = 0; i < course->count; i++) {
        repeats += course->steps[i].attempt > 0;
        searched += course->steps[i].stage == POLICY_SEARCH && course->steps[i].attempt == 0;
    }
    assert_in_range(repeats, 1, profile_repeats(PROFILE_STANDARD));
    assert_int_equal(searched, plan_search_steps(&plan));
    plan_release(&plan);
    free(course);
}

TEST(a_cold_process_climbs_again_from_the_lowest_load_that_broke)
{
    struct course *course = run(PROFILE_QUICK, &(struct service){.capacity = 3000, .cold = true});

    assert_int_equal(runs_of(course, POLICY_WARM_CLIMB, 2000), 0);
    assert_int_equal(runs_of(course, POLICY_WARM_CLIMB, 4000), 2);
    assert_int_equal(runs_of(course, POLICY_WARM_CLIMB, 8000), 1);
    free(course);
}

TEST(an_invalid_soak_is_run_once_more)
{
    for (int invalid = 0; invalid < 3; invalid++) {
        struct scenario soaked = scenario;
        struct plan plan;
        struct policy policy;
        struct policy_step step;
        int soaks = 0;
        soaked.soak.share = 0.5;
        soaked.soak.warmup_ns = soaked.soak.measure_ns = 1000000000;
        plan_make(&plan, &soaked, &(struct plan_options){1, 1, PROFILE_QUICK});
        policy_init(&policy, &plan, &soaked, 0);
        while (policy_next(&policy, &step)) {
            bool soak = step.stage == POLICY_SOAK;
            struct step_verdict verdict = verdict_of(soak && soaks < invalid ? INVALID : HOLDS);
            soaks += soak;
            if (step.stage == POLICY_RECOVERY) {
                policy_learn_recovery(&policy, &(struct policy_recovery){.died = false});
            } else {
                policy_learn(&policy, &step, &verdict, false);
            }
        }
        assert_int_equal(soaks, invalid == 0 ? 1 : 2);
        policy_release(&policy);
        plan_release(&plan);
    }
}

/* How often a recovery that is invalid the first so many times is run, and what the second run is. */
TEST(an_invalid_recovery_is_run_once_more)
{
    for (unsigned invalid = 0; invalid < 4; invalid++) {
        struct plan plan;
        struct policy policy;
        struct policy_step step;
        unsigned recoveries = 0;
        plan_make(&plan, &scenario, &(struct plan_options){1, 1, PROFILE_QUICK});
        policy_init(&policy, &plan, &scenario, 0);
        while (policy_next(&policy, &step)) {
            const struct step_verdict verdict = verdict_of(step.planned.level > 1000 ? SURELY_BREAKS : HOLDS);
            if (step.stage == POLICY_RECOVERY) {
                struct policy_recovery recovery = {.invalid = recoveries < invalid, .died = invalid == 3};
                assert_int_equal(step.attempt, recoveries++);
                assert_int_equal(step.planned.level, 500);
                policy_learn_recovery(&policy, &recovery);
            } else {
                policy_learn(&policy, &step, &verdict, false);
            }
        }
        /* Who has died is dead, whoever drove it. */
        assert_int_equal(recoveries, invalid == 0 || invalid == 3 ? 1 : 2);
        policy_release(&policy);
        plan_release(&plan);
    }
}

TEST(nothing_follows_the_death_of_the_service)
{
    struct course *course = run(PROFILE_STANDARD, &(struct service){.capacity = 50000, .dies_at = 4000});

    assert_int_equal(course->steps[course->count - 1].planned.level, 4000);
    assert_int_equal(runs_of(course, POLICY_RECOVERY, 0), 0);
    free(course);
}

TEST(a_service_that_holds_everything_is_climbed_to_the_top)
{
    struct course *course = run(PROFILE_STANDARD, &(struct service){.capacity = UINT64_MAX / 4});

    assert_int_equal(course->count, STEPS + 1);
    free(course);
}

TEST(a_trial_that_is_given_up_has_no_further_step)
{
    const struct step_verdict breaks = verdict_of(SURELY_BREAKS);
    struct plan plan;
    struct policy policy;
    struct policy_step step;

    plan_make(&plan, &scenario, &(struct plan_options){1, 1, PROFILE_STANDARD});
    policy_init(&policy, &plan, &scenario, 0);
    assert_true(policy_next(&policy, &step));
    policy_learn(&policy, &step, &breaks, false);
    assert_true(policy_next(&policy, &step));
    policy_give_up(&policy);
    assert_false(policy_next(&policy, &step));
    policy_release(&policy);
    plan_release(&plan);
}
