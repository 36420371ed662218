/* Bad moments that come again at loads of which a higher one held. */
#include "analysis/capacity/recurrence.h"

#include "analysis/capacity/limit_bracket.h"
#include "test.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STEPS_MOST = 12 };

/* One run for each level of a ladder that doubles from 100/s: `seconds` long, with so many moments of 200 ms in which
 * every request is late. */
struct trial {
    struct step_verdict verdicts[STEPS_MOST];
    struct judged_step steps[STEPS_MOST];
    size_t count;
};

static void judge(struct step_verdict *verdict, double rate, double seconds, double moments)
{
    struct limit_judgement *latency = &verdict->limits[LIMIT_LATENCY];
    double late = 0.2 * rate * moments;

    latency->percentile = 0.99;
    latency->allowed_share = 0.01;
    latency->measured_ns = (uint64_t)(seconds * 1e9);
    latency->share = (struct share){.count = late, .of = rate * seconds, .cluster = 1};
    latency->share.variance = 1.9 * 0.2 * rate * late; /* as share_measure would widen it */
    latency->over = late > 0.01 * rate * seconds;
    latency->state = latency->over ? LIMIT_UNDECIDED : LIMIT_HOLDS;
    verdict->verdict = latency->over ? VERDICT_UNDECIDED : VERDICT_PASS;
}

static void run(struct trial *trial, double seconds, const char *moments)
{
    *trial = (struct trial){0};
    for (; moments[trial->count] != '\0'; trial->count++) {
        uint64_t level = UINT64_C(100) << trial->count;
        judge(&trial->verdicts[trial->count], (double)level, seconds, moments[trial->count] - '0');
        trial->steps[trial->count] = (struct judged_step){level, false, &trial->verdicts[trial->count]};
    }
}

static void check(double seconds, const char *moments, uint64_t holds_at, uint64_t breaks_at)
{
    struct trial trial;
    struct level levels[STEPS_MOST];
    struct limit_bracket bracket;
    struct level_cut cut;

    run(&trial, seconds, moments);
    limit_bracket_find(trial.steps, trial.count, LIMIT_LATENCY, &bracket);
    assert_int_equal(bracket.holds_at, holds_at);
    assert_int_equal(bracket.breaks_at, breaks_at);
    size_t count = levels_of_all(trial.steps, trial.count, levels);
    recurrence_cut(trial.steps, trial.count, levels, count, &cut);
    assert_int_equal(cut.held != LEVELS_NONE ? levels[cut.held].level : 0, holds_at);
    assert_int_equal(cut.broke != LEVELS_NONE ? levels[cut.broke].level : UINT64_MAX, breaks_at);
}

TEST(one_bad_moment_is_a_stall)
{
    check(5, "0100000", 6400, UINT64_MAX);
    check(1, "0001000", 6400, UINT64_MAX);
}

TEST(bad_moments_at_most_loads_break_all_of_them)
{
    check(2, "1101110", 0, 100);
    check(5, "2232320", 0, 100);
}

TEST(bad_moments_that_begin_at_a_load_break_it)
{
    check(5, "00002323200", 800, 1600);
}

TEST(few_bad_moments_in_a_long_time_are_within_what_is_allowed)
{
    check(20, "1010100", 6400, UINT64_MAX);
}

TEST(a_break_by_load_is_left_where_it_is)
{
    check(5, "0000", 800, UINT64_MAX);
    check(5, "", 0, UINT64_MAX);
}
