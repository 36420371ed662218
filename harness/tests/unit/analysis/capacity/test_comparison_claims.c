/* What a comparison of runs claims: over thousands of made-up comparisons, in which every run has its own day (what the
 * machine did, and what half a second of calibration said) beside the spread of its trials. */
#include "analysis/comparison/comparison.h"

#include "made_trials.h"
#include "test.h"

#include <math.h>

enum { COMPARISONS = 1000, RUNS_MOST = 5, TRIALS = 3, SERVICES = 3 };

static const struct made_noise usual = {.capacity = 0.05, .cpu = 0.02, .p99 = 0.15, .block = 0.03, .subdivide = 8};

static struct made_run made[2][RUNS_MOST];
static const struct findings *findings[2][RUNS_MOST];

/* From run to run CPU a request differs by 3 %, a capacity by 5 %, and the calibration by a third. */
static void make_run(struct made_run *run, double cpu, struct random *dice)
{
    struct made_truth truths[SERVICES];

    for (size_t i = 0; i < SERVICES; i++) {
        truths[i] = (struct made_truth){exp(0.05 * made_normal(dice)), cpu * exp(0.03 * made_normal(dice)),
                                        exp(0.3 * made_normal(dice))};
    }
    made_run_make(run, truths, SERVICES, TRIALS, &usual, dice);
    run->log.run.calibration =
        (struct calibration){.done = true, .throughput_rps = (uint64_t)(1e5 * exp(0.3 * made_normal(dice)))};
}

static void make(struct comparison *comparison, size_t runs, double cpu, struct random *dice)
{
    struct compared_run sides[2];

    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < runs; i++) {
            make_run(&made[side][i], side == 0 ? 1 : cpu, dice);
            findings[side][i] = &made[side][i].findings;
        }
        sides[side] = (struct compared_run){.file = side == 0 ? "a" : "b",
                                            .findings = findings[side][0],
                                            .more = findings[side] + 1,
                                            .more_count = runs - 1};
    }
    comparison_make(comparison, sides, 2);
}

static void release(struct comparison *comparison, size_t runs)
{
    comparison_release(comparison);
    for (size_t i = 0; i < runs; i++) {
        made_run_release(&made[0][i]);
        made_run_release(&made[1][i]);
    }
}

/* How many of the services' figures have the difference. */
static unsigned with(const struct comparison *comparison, enum difference difference, enum compared from,
                     enum compared to)
{
    unsigned count = 0;

    for (size_t i = 0; i < comparison->backend_count; i++) {
        for (enum compared k = from; k <= to; k++) {
            count += comparison->backends[i].sides[1].figures[k].change.difference == difference;
        }
    }
    return count;
}

/* In how many comparisons of a hundred anything is claimed. */
static double claims(size_t runs, double cpu, enum difference difference, enum compared from, enum compared to)
{
    struct random dice;
    unsigned claimed = 0;

    random_init(&dice, 21, runs);
    for (unsigned i = 0; i < COMPARISONS; i++) {
        struct comparison comparison;
        make(&comparison, runs, cpu, &dice);
        claimed += with(&comparison, difference, from, to) > 0;
        release(&comparison, runs);
    }
    print_message("%zu runs a side, B with %+.0f %% of CPU: claimed in %.1f %%\n", runs, (cpu - 1) * 100,
                  claimed * 100.0 / COMPARISONS);
    return (double)claimed / COMPARISONS;
}

TEST(of_equal_sides_at_most_5_percent_of_comparisons_claim_anything)
{
    for (size_t runs = 1; runs <= RUNS_MOST; runs++) {
        assert_true(claims(runs, 1, DIFFERENCE_SEEN, COMPARED_CAPACITY, COMPARED_P99) <= 0.05);
    }
}

TEST(a_fifth_more_cpu_is_seen_by_five_runs_a_side)
{
    assert_true(claims(5, 1.2, DIFFERENCE_SEEN, COMPARED_CPU, COMPARED_CPU) >= 0.9);
}

TEST(one_run_a_side_never_says_more_than_within_these_two_runs)
{
    assert_true(claims(1, 3, DIFFERENCE_SEEN, COMPARED_CAPACITY, COMPARED_P99) == 0);
}

TEST(a_level_that_one_of_the_runs_does_not_hold_is_none_for_all)
{
    struct comparison comparison;
    struct random dice;

    random_init(&dice, 1, 1);
    make(&comparison, 3, 1, &dice);
    for (size_t i = 0; i < SERVICES; i++) {
        assert_int_equal(comparison.backends[i].sides[1].figures[COMPARED_CAPACITY].trial_count, 3);
    }
    assert_true(comparison.repeated);
    release(&comparison, 3);
}
