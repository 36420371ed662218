/* Each limit's own capacity, and the order in which limits break. */
#include "analysis/capacity/limit_order.h"

#include "analysis/capacity/capacity.h"
#include "analysis/capacity/levels.h"
#include "base/mem.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What one run of a level says of latency, errors and memory: h holds, b breaks beyond doubt, u undecided, - not
 * judged. The level doubles from 1,000 with each word; `levels` replaces that. */
struct told {
    const char *words;
    uint64_t levels[12];
};

static const enum limit told_of[] = {LIMIT_LATENCY, LIMIT_ERRORS, LIMIT_MEMORY};

static struct limit_judgement judgement_of(enum limit limit, char letter)
{
    struct limit_judgement judgement = {.limit = limit, .percentile = 0.99, .allowed_share = 0.01};

    switch (letter) {
    case 'h':
        judgement.state = LIMIT_HOLDS;
        judgement.share = (struct share){.count = 10, .of = 10000, .variance = 10, .cluster = 1};
        break;
    case 'b':
        judgement.state = LIMIT_BREAKS;
        judgement.over = judgement.beyond_doubt = true;
        judgement.share = (struct share){.count = 1000, .of = 10000, .variance = 1000, .cluster = 1};
        break;
    case 'u':
        judgement.state = LIMIT_UNDECIDED;
        judgement.share = (struct share){.count = 90, .of = 10000, .variance = 1000, .cluster = 1};
        break;
    default:
        break;
    }
    return judgement;
}

static enum verdict verdict_of(const char *word)
{
    if (strchr(word, 'b') != NULL && strchr(word, 'b') < word + 3) {
        return VERDICT_BREAK;
    }
    return strchr(word, 'u') != NULL && strchr(word, 'u') < word + 3 ? VERDICT_UNDECIDED : VERDICT_PASS;
}

static void add_trial(struct backend_finding *finding, struct step_record *records, unsigned trial,
                      const struct told *told)
{
    for (size_t i = 0; i * 4 < strlen(told->words); i++) {
        const char *word = told->words + i * 4;
        size_t place = finding->step_count++;
        struct step_finding *step = &finding->steps[place];
        records[place] = (struct step_record){.trial = trial, .index = (unsigned)i, .level = UINT64_C(1000) << i};
        if (told->levels[0] != 0) {
            records[place].level = told->levels[i];
        }
        *step = (struct step_finding){.record = &records[place], .verdict = {.verdict = verdict_of(word)}};
        for (size_t k = 0; k < 3; k++) {
            step->verdict.limits[told_of[k]] = judgement_of(told_of[k], word[k]);
        }
    }
}

struct made {
    struct backend_finding finding;
    struct step_record records[64];
    struct step_finding steps[64];
};

static struct made *make(const struct told *told, unsigned trials)
{
    struct made *made = mem_new(1, sizeof *made);

    made->finding.steps = made->steps;
    for (unsigned trial = 0; trial < trials; trial++) {
        add_trial(&made->finding, made->records, trial, &told[trial]);
    }
    capacity_find(&made->finding);
    return made;
}

static void release(struct made *made)
{
    capacity_release(&made->finding);
    free(made);
}

/* The step at this place: its process ended. */
static void kill_at(struct made *made, size_t place)
{
    for (size_t i = 0; i < made->finding.step_count; i++) {
        struct step_finding *step = &made->finding.steps[i];
        step->verdict.limits[LIMIT_CRASH] = judgement_of(LIMIT_CRASH, i == place ? 'b' : 'h');
        step->verdict.verdict = i == place ? VERDICT_BREAK : step->verdict.verdict;
    }
    capacity_release(&made->finding);
    capacity_find(&made->finding);
}

/* The ladder broke on latency at 8,000/s; the search died half way. */
TEST(a_crash_in_the_search_comes_first)
{
    struct made *made = make(&(struct told){"hhh hhh bhh bbh hbh", {2000, 4000, 8000, 16000, 5657}}, 1);

    kill_at(made, 4);
    assert_true(limit_order_crashes(&made->finding));
    assert_int_equal(made->finding.limits[0].limit, LIMIT_CRASH);
    assert_int_equal(made->finding.limits[0].holds_at, 4000);
    assert_int_equal(made->finding.limits[0].breaks_at, 5657);
    release(made);
}

/* Its load is the same as that at which latency breaks, whose estimate lies lower than the middle. */
TEST(a_crash_that_is_not_told_apart_from_other_limits_comes_before_them)
{
    struct made *made = make(&(struct told){"hhh hhh hhh bbh", {1000, 2000, 4000, 5000}}, 1);

    kill_at(made, 3);
    assert_true(limit_order_crashes(&made->finding));
    assert_int_equal(made->finding.limits[1].order, 1);
    release(made);
}

TEST(a_crash_above_the_first_break_comes_after_it)
{
    struct made *made = make(&(struct told){"hhh bhh bhh bbh", {0}}, 1);

    kill_at(made, 3);
    assert_false(limit_order_crashes(&made->finding));
    assert_int_equal(made->finding.limits[0].limit, LIMIT_LATENCY);
    release(made);
}

TEST(the_limit_that_breaks_at_the_lowest_load_is_first_and_the_others_follow)
{
    struct made *made = make(&(struct told){"hhh hhh bhh bbh bbb", {0}}, 1);
    const struct backend_finding *finding = &made->finding;

    assert_int_equal(finding->limit_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(finding->limits[i].limit, told_of[i]);
        assert_int_equal(finding->limits[i].order, i + 1);
        assert_int_equal(finding->limits[i].holds_at, UINT64_C(2000) << i);
        assert_int_equal(finding->limits[i].breaks_at, UINT64_C(4000) << i);
        assert_true(finding->limits[i].low == (double)(UINT64_C(2000) << i));
        assert_true(finding->limits[i].high == (double)(UINT64_C(4000) << i));
        assert_true(isnan(finding->limits[i].capacity)); /* a whole doubling: only the interval is known */
    }
    assert_int_equal(limit_order_first(finding), 1);
    release(made);
}

TEST(limits_whose_brackets_overlap_are_not_told_apart)
{
    struct made *made = make(&(struct told){"hhh hhh bbh bbh", {0}}, 1);
    const struct backend_finding *finding = &made->finding;

    assert_int_equal(limit_order_first(finding), 2);
    assert_int_equal(finding->limits[0].order, 1);
    assert_int_equal(finding->limits[1].order, 1);
    assert_int_equal(finding->limits[2].limit, LIMIT_MEMORY);
    assert_int_equal(finding->limits[2].order, 2);
    assert_false(finding->limits[2].breaks);
    assert_true(isinf(finding->limits[2].high));
    release(made);
}

TEST(the_search_tells_limits_apart_that_broke_in_the_same_step)
{
    const struct told told = {"hhh hhh bbh hhh bhh bhh", {4000, 8000, 16000, 11314, 13454, 12338}};
    struct made *made = make(&told, 1);
    const struct backend_finding *finding = &made->finding;

    assert_int_equal(finding->limits[0].limit, LIMIT_LATENCY);
    assert_true(finding->limits[0].low == 11314 && finding->limits[0].high == 12338);
    assert_true(finding->limits[0].capacity > 11314 && finding->limits[0].capacity < 12338);
    assert_int_equal(finding->limits[1].limit, LIMIT_ERRORS);
    assert_int_equal(finding->limits[1].order, 2);
    assert_true(finding->limits[1].low == 13454 && finding->limits[1].high == 16000);
    release(made);
}

TEST(a_level_that_has_not_decided_lies_inside_the_interval)
{
    const struct told told = {"hhh bhh uhh", {10000, 12000, 11000}};
    struct made *made = make(&told, 1);
    const struct limit_capacity *latency = limit_order_of(&made->finding, LIMIT_LATENCY);

    assert_true(latency->low == 10000 && latency->high == 12000);
    assert_true(latency->capacity > 11000 && latency->capacity < 11200); /* 0.9 % late there, where 1 % may be */
    release(made);
}

TEST(a_break_beyond_doubt_in_one_of_two_runs_is_not_undone_by_the_other)
{
    struct made *made = make(&(struct told){"hhh hhb", {1000, 1000}}, 1);
    const struct limit_capacity *first = &made->finding.limits[0];

    assert_int_equal(first->limit, LIMIT_MEMORY);
    assert_int_equal(first->order, 1);
    assert_true(first->breaks);
    assert_int_equal(first->breaks_at, 1000);
    assert_false(first->holds);
    release(made);
}

TEST(of_the_runs_that_broke_at_a_load_the_one_with_a_death_is_told)
{
    struct step_verdict late = {.verdict = VERDICT_BREAK}, dead = {.verdict = VERDICT_BREAK};
    const struct judged_step steps[] = {{1000, false, &late}, {1000, false, &dead}, {1000, false, &late}};
    struct level levels[3];

    late.limits[LIMIT_LATENCY] = judgement_of(LIMIT_LATENCY, 'b');
    late.limits[LIMIT_CRASH] = (struct limit_judgement){.state = LIMIT_HOLDS};
    dead.limits[LIMIT_CRASH] = (struct limit_judgement){.state = LIMIT_BREAKS, .over = true, .beyond_doubt = true};
    assert_int_equal(levels_of_all(steps, 3, levels), 1);
    assert_int_equal(levels[0].state, LIMIT_BREAKS);
    assert_int_equal(levels[0].run_broke, 1);
}

TEST(over_trials_it_is_told_in_how_many_a_limit_was_first)
{
    const struct told told[] = {{"hhh bhh bbh", {0}}, {"hhh bhh bbh", {0}}, {"hhh hbh bbh", {0}}};
    struct made *made = make(told, 3);
    const struct limit_capacity *latency = limit_order_of(&made->finding, LIMIT_LATENCY);
    const struct limit_capacity *errors = limit_order_of(&made->finding, LIMIT_ERRORS);

    assert_int_equal(latency->trials, 3);
    assert_int_equal(latency->first_in, 2);
    assert_int_equal(errors->first_in, 1);
    assert_true(latency->low == 1000 && latency->high == 4000); /* from the lowest to the highest end of any trial */
    release(made);
}

TEST(with_six_trials_the_interval_is_that_of_the_estimates)
{
    struct told told[6];

    for (uint64_t i = 0; i < 6; i++) {
        told[i] = (struct told){"hhh bhh", {10000 + 100 * i, 11000 + 100 * i}};
    }
    struct made *made = make(told, 6);
    const struct limit_capacity *latency = limit_order_of(&made->finding, LIMIT_LATENCY);
    assert_true(latency->low > 10000 && latency->low < latency->capacity);
    assert_true(latency->high < 11500 && latency->high > latency->capacity);
    assert_float_equal(latency->high - latency->low, 1000, 100);
    release(made);
}

/* A machine that is 2.5 times as fast in the last trial as in the first: over the trials the intervals overlap, and in
 * each of them errors held at the load at which latency broke. */
TEST(what_broke_later_in_each_of_six_trials_is_told_apart)
{
    const char *usual = "hhh bhh bbh", *turned = "hhh hbh bbh";
    const struct {
        unsigned trials;
        const char *last;
        unsigned order;
    } cases[] = {{6, usual, 2}, {5, usual, 1}, {7, turned, 1}, {7, "hhh bbh bbh", 2}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct told told[7];
        for (unsigned trial = 0; trial < cases[i].trials; trial++) {
            uint64_t speed = 10 + 3 * (trial % 6);
            told[trial] = (struct told){usual, {100 * speed, 200 * speed, 400 * speed}};
        }
        told[cases[i].trials - 1].words = cases[i].last;
        struct made *made = make(told, cases[i].trials);
        assert_true(made->finding.limits[1].low < made->finding.limits[0].high);
        assert_int_equal(made->finding.limits[0].limit, LIMIT_LATENCY);
        assert_int_equal(made->finding.limits[1].limit, LIMIT_ERRORS);
        assert_int_equal(made->finding.limits[1].order, cases[i].order);
        release(made);
    }
}

TEST(what_was_never_judged_is_in_no_order)
{
    struct made *made = make(&(struct told){"h-- h-- b--", {0}}, 1);

    assert_int_equal(made->finding.limit_count, 1);
    assert_null(limit_order_of(&made->finding, LIMIT_ERRORS));
    release(made);
}
