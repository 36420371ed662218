/* Two services of one run held against each other by `compare RUN:one RUN:other`: what is claimed is what the run's own
 * pairs claim, in whichever order the two are named. */
#include "analysis/comparison/comparison.h"

#include "made_trials.h"
#include "test.h"

#include <math.h>
#include <string.h>

static const struct made_noise usual = {.capacity = 0.05, .cpu = 0.02, .p99 = 0.15, .block = 0.2, .subdivide = 8};

static void compare(struct comparison *comparison, const struct made_run *run, const char *from, const char *to)
{
    const struct compared_run sides[] = {{.file = "run", .findings = &run->findings, .service = from},
                                         {.file = "run", .findings = &run->findings, .service = to}};
    comparison_make(comparison, sides, 2);
}

/* Bytes at the common level, in every trial. */
static void hold_memory(struct made_run *run, size_t service, double bytes, struct random *dice)
{
    struct backend_finding *backend = &run->findings.backends[service];

    for (size_t i = 0; i < backend->step_count; i++) {
        backend->steps[i].usage.host.rss_peak_bytes = (uint64_t)(bytes * exp(0.02 * made_normal(dice)));
    }
}

static const struct change *change_of(const struct comparison *comparison, enum compared compared)
{
    assert_int_equal(comparison->backend_count, 1);
    return &comparison->backends[0].sides[1].figures[compared].change;
}

TEST(two_services_are_as_different_as_the_pairs_of_their_run_say)
{
    static const struct made_truth truths[] = {{1, 1, 1}, {0.7, 1.3, 1}, {1, 1, 1}};
    struct comparison forth, back;
    struct made_run run;
    struct random dice;

    random_init(&dice, 5, 5);
    made_run_make(&run, truths, 3, 6, &usual, &dice);
    compare(&forth, &run, "s0", "s1");
    compare(&back, &run, "s1", "s0");
    assert_true(forth.paired && !forth.repeated);
    assert_string_equal(forth.backends[0].name, "s1 against s0");
    for (size_t i = 0; i < run.findings.pair_count; i++) {
        static const enum compared compared[] = {
            [PAIR_CAPACITY] = COMPARED_CAPACITY, [PAIR_CPU] = COMPARED_CPU, [PAIR_P99] = COMPARED_P99};
        const struct pair *pair = &run.findings.pairs[i];
        if (strcmp(pair->first->record->name, "s0") != 0 || strcmp(pair->second->record->name, "s1") != 0) {
            continue;
        }
        const struct change *there = change_of(&forth, compared[pair->figure]);
        const struct change *here = change_of(&back, compared[pair->figure]);
        assert_int_equal(there->difference, pair->difference);
        assert_int_equal(here->difference, pair->difference);
        assert_float_equal(there->ratio, exp(-pair->test.estimate), 1e-9);
        assert_float_equal(there->ratio * here->ratio, 1, 1e-9);
        assert_float_equal(there->low * here->high, 1, 1e-9);
        assert_true(there->low <= there->ratio && there->ratio <= there->high);
    }
    assert_int_equal(change_of(&forth, COMPARED_CPU)->difference, DIFFERENCE_SEEN);
    assert_true(change_of(&forth, COMPARED_CPU)->ratio > 1.2);
    assert_true(change_of(&forth, COMPARED_CAPACITY)->ratio < 0.85);
    comparison_release(&forth);
    comparison_release(&back);
    made_run_release(&run);
}

/* The machine is a fifth faster or slower in each block, which cancels: unpaired trials would never see it. */
TEST(what_the_machine_does_in_a_block_does_not_count)
{
    static const struct made_truth truths[] = {{1, 1, 1}, {1, 1.1, 1}};
    struct random dice;
    unsigned seen = 0;

    random_init(&dice, 6, 6);
    for (unsigned i = 0; i < 200; i++) {
        struct comparison comparison;
        struct made_run run;
        made_run_make(&run, truths, 2, 6, &usual, &dice);
        compare(&comparison, &run, "s0", "s1");
        seen += change_of(&comparison, COMPARED_CPU)->difference == DIFFERENCE_SEEN;
        comparison_release(&comparison);
        made_run_release(&run);
    }
    assert_in_range(seen, 180, 200);
}

TEST(of_equal_services_at_most_5_percent_are_claimed_to_differ_in_anything)
{
    static const struct made_truth truths[] = {{1, 1, 1}, {1, 1, 1}};
    struct random dice;
    unsigned claimed = 0;

    random_init(&dice, 7, 7);
    for (unsigned i = 0; i < 1000; i++) {
        struct comparison comparison;
        struct made_run run;
        bool any = false;
        made_run_make(&run, truths, 2, 6, &usual, &dice);
        hold_memory(&run, 0, 1e8, &dice);
        hold_memory(&run, 1, 1e8, &dice);
        compare(&comparison, &run, "s0", "s1");
        for (int k = 0; k < COMPARED_COUNT; k++) {
            any = any || change_of(&comparison, (enum compared)k)->difference == DIFFERENCE_SEEN;
        }
        claimed += any;
        comparison_release(&comparison);
        made_run_release(&run);
    }
    assert_in_range(claimed, 0, 50);
}

TEST(memory_is_compared_block_by_block_too)
{
    static const struct made_truth truths[] = {{1, 1, 1}, {1, 1, 1}};
    struct comparison comparison;
    struct made_run run;
    struct random dice;

    random_init(&dice, 8, 8);
    made_run_make(&run, truths, 2, 6, &usual, &dice);
    hold_memory(&run, 0, 1e8, &dice);
    hold_memory(&run, 1, 1.5e8, &dice);
    compare(&comparison, &run, "s0", "s1");
    const struct change *change = change_of(&comparison, COMPARED_MEMORY);
    assert_int_equal(change->difference, DIFFERENCE_SEEN);
    assert_true(change->low > 1.4 && change->high < 1.6);
    comparison_release(&comparison);
    made_run_release(&run);
}

TEST(one_trial_proves_nothing)
{
    static const struct made_truth truths[] = {{1, 1, 1}, {1, 2, 1}};
    struct comparison comparison;
    struct made_run run;
    struct random dice;

    random_init(&dice, 9, 9);
    made_run_make(&run, truths, 2, 1, &usual, &dice);
    compare(&comparison, &run, "s0", "s1");
    assert_int_equal(change_of(&comparison, COMPARED_CPU)->difference, DIFFERENCE_UNPROVEN);
    assert_true(isnan(change_of(&comparison, COMPARED_CPU)->p));
    assert_int_equal(change_of(&comparison, COMPARED_MEMORY)->difference, DIFFERENCE_NOT_KNOWN);
    comparison_release(&comparison);
    made_run_release(&run);
}

TEST(services_of_two_runs_are_compared_as_two_runs_are)
{
    static const struct made_truth truths[] = {{1, 1, 1}, {1, 1.5, 1}};
    struct made_run first, second;
    struct random dice;

    random_init(&dice, 10, 10);
    made_run_make(&first, truths, 2, 6, &usual, &dice);
    made_run_make(&second, truths, 2, 6, &usual, &dice);
    const struct compared_run sides[] = {{.file = "a", .findings = &first.findings, .service = "s0"},
                                         {.file = "b", .findings = &second.findings, .service = "s1"}};
    struct comparison comparison;
    comparison_make(&comparison, sides, 2);
    assert_false(comparison.paired);
    assert_true(change_of(&comparison, COMPARED_CPU)->difference != DIFFERENCE_SEEN);
    assert_true(comparison.backends[0].build_same);
    comparison_release(&comparison);
    made_run_release(&first);
    made_run_release(&second);
}
