/* What a report claims of two services: over thousands of made-up reports, equal services are told apart in at most 5 %
 * of reports, in any row at all, and services that lie a tenth apart are told apart. */
#include "analysis/capacity/pairs.h"

#include "analysis/capacity/ranking.h"
#include "asked_runs.h"
#include "base/random.h"
#include "made_trials.h"
#include "test.h"

#include <math.h>

#define REPORTS_USUAL 600

static const struct made_truth equal[MADE_SERVICES_MOST] = {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}};

/* As measured (shared/TRUTH.md section 5): CPU 1.9 % from trial to trial, a capacity 4 to 5 % after a search. */
static const struct made_noise usual = {.capacity = 0.05, .cpu = 0.02, .p99 = 0.15, .block = 0.03, .subdivide = 8};
static const struct made_noise disturbed = {
    .capacity = 0.05, .cpu = 0.02, .p99 = 0.15, .block = 0.05, .bad = 0.05, .subdivide = 8};
/* As `make bench-aa` met it: 6 % from step to step. */
static const struct made_noise restless = {.capacity = 0.05, .cpu = 0.06, .p99 = 0.15, .block = 0.03, .subdivide = 8};
static const struct made_noise quick = {.capacity = 0.1, .cpu = 0.03, .p99 = 0.3, .block = 0.05, .subdivide = 1};

static bool claims_anything(const struct findings *findings)
{
    for (size_t i = 0; i < findings->pair_count; i++) {
        if (findings->pairs[i].difference == DIFFERENCE_SEEN) {
            return true;
        }
    }
    for (size_t i = 0; i < findings->backend_count; i++) {
        if (findings->backends[i].below_count > 0) {
            return true;
        }
    }
    return false;
}

static bool sees(const struct findings *findings, enum pair_figure figure)
{
    for (size_t i = 0; i < findings->pair_count; i++) {
        const struct pair *pair = &findings->pairs[i];
        if (pair->figure == figure && pair->difference == DIFFERENCE_SEEN) {
            return true;
        }
    }
    return false;
}

static unsigned claims(size_t services, unsigned trials, unsigned reports, const struct made_noise *noise)
{
    struct random dice;
    unsigned wrong = 0;

    random_init(&dice, 12, services * 100 + trials);
    for (unsigned i = 0; i < reports; i++) {
        struct made_run run;
        made_run_make(&run, equal, services, trials, noise, &dice);
        wrong += claims_anything(&run.findings);
        made_run_release(&run);
    }
    return wrong;
}

static void check_equal(const struct made_noise *noise, unsigned trials, unsigned reports)
{
    for (size_t services = 2; services <= MADE_SERVICES_MOST; services++) {
        unsigned wrong = claims(services, trials, reports, noise);
        print_message("%zu equal services, %u trials: %.2f %% of reports claim anything\n", services, trials,
                      wrong * 100.0 / reports);
        /* two standard errors of a share of 5 %, for so many reports */
        assert_true(wrong <= 0.05 * reports + 2 * sqrt(0.05 * 0.95 * reports));
    }
}

TEST(of_equal_services_at_most_5_percent_of_reports_claim_anything)
{
    check_equal(&usual, 2, asked_runs(REPORTS_USUAL));
    check_equal(&usual, 3, asked_runs(REPORTS_USUAL) / 2);
    check_equal(&usual, 6, asked_runs(REPORTS_USUAL));
    check_equal(&usual, 8, asked_runs(REPORTS_USUAL));
    check_equal(&restless, 8, asked_runs(REPORTS_USUAL));
}

TEST(nor_do_they_where_one_trial_in_twenty_was_disturbed)
{
    check_equal(&disturbed, 2, asked_runs(REPORTS_USUAL) / 2);
    check_equal(&disturbed, 6, asked_runs(REPORTS_USUAL) / 2);
}

TEST(nor_do_they_where_a_capacity_is_a_power_of_two)
{
    check_equal(&quick, 1, asked_runs(REPORTS_USUAL) / 2);
    check_equal(&quick, 2, asked_runs(REPORTS_USUAL) / 2);
    check_equal(&quick, 6, asked_runs(REPORTS_USUAL) / 2);
}

/* A single trial says nothing of its own spread: what it shows is a doubling that lies between, and that is as good as
 * the repetitions of its steps. */
TEST(nor_does_a_single_trial_of_which_one_in_fifty_was_disturbed)
{
    struct made_noise rare = disturbed;

    rare.bad = 0.02;
    check_equal(&rare, 1, asked_runs(REPORTS_USUAL));
    check_equal(&usual, 1, asked_runs(REPORTS_USUAL));
}

static double share_seen(const struct made_truth *second, size_t services, unsigned trials, enum pair_figure figure,
                         const struct made_noise *noise)
{
    struct made_truth truths[MADE_SERVICES_MOST] = {{1, 1, 1}, *second, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}};
    struct random dice;
    unsigned seen = 0;

    random_init(&dice, 13, services * 100 + trials);
    for (unsigned i = 0; i < asked_runs(REPORTS_USUAL) / 4; i++) {
        struct made_run run;
        made_run_make(&run, truths, services, trials, noise, &dice);
        seen += sees(&run.findings, figure);
        made_run_release(&run);
    }
    print_message("%zu services, %u trials, %s: seen in %.1f %%\n", services, trials, pair_figure_name(figure),
                  seen * 400.0 / asked_runs(REPORTS_USUAL));
    return seen * 4.0 / asked_runs(REPORTS_USUAL);
}

TEST(a_tenth_more_cpu_is_seen_in_eight_blocks)
{
    const struct made_truth dearer = {1, 1.1, 1};

    for (size_t services = 2; services <= MADE_SERVICES_MOST; services += 3) {
        assert_true(share_seen(&dearer, services, 8, PAIR_CPU, &usual) >= 0.9);
        assert_true(share_seen(&dearer, services, 6, PAIR_CPU, &usual) >= 0.9);
    }
    assert_true(share_seen(&dearer, 2, 8, PAIR_CPU, &disturbed) >= 0.4);
    assert_true(share_seen(&dearer, 2, 8, PAIR_CPU, &restless) >= 0.9);
}

TEST(half_the_capacity_is_seen_in_six_blocks_and_a_third_of_it_in_one)
{
    assert_true(share_seen(&(const struct made_truth){0.5, 1, 1}, 5, 6, PAIR_CAPACITY, &usual) >= 0.9);
    assert_true(share_seen(&(const struct made_truth){0.8, 1, 1}, 2, 8, PAIR_CAPACITY, &usual) >= 0.5);
    assert_true(share_seen(&(const struct made_truth){0.33, 1, 1}, 2, 1, PAIR_CAPACITY, &usual) >= 0.9);
}
