#include "analysis/forecast/signal_score.h"

#include "log_builder.h"
#include "test.h"

#include <math.h>

static struct run_log log_of_run;

static int init_log(void **state)
{
    (void)state;
    log_builder_init(&log_of_run);
    log_builder_backend(&log_of_run, "go");
    return 0;
}

static int release_log(void **state)
{
    (void)state;
    run_log_release(&log_of_run);
    return 0;
}

/* One climb: the cores busy of two, with a letter a step: p pass, b break, i invalid. */
static void climb(unsigned trial, const double *cores, const char *letters)
{
    for (unsigned i = 0; letters[i] != '\0'; i++) {
        struct step_builder builder;
        step_builder_init(&builder, UINT64_C(500) << i);
        builder.trial = trial;
        builder.index = i;
        builder.host.cores = builder.host.cores_busy = cores[i];
        builder.host.busiest_thread = 0.1;
        builder.lag_us = letters[i] == 'i' ? 9000 : builder.lag_us;
        if (letters[i] == 'b') {
            step_builder_slow(&builder, 4, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
        }
        log_builder_step(&log_of_run, &builder);
    }
}

static struct early_warning found(void)
{
    struct findings findings = log_builder_findings(&log_of_run);
    struct early_warning early_warning = findings.backends[0].early_warning;

    findings_release(&findings);
    return early_warning;
}

static void check_alarms(const struct alarm_record *record, unsigned right, unsigned false_alarms, unsigned misses)
{
    assert_int_equal(record->alarms, right + false_alarms);
    assert_int_equal(record->right, right);
    assert_int_equal(record->false_alarms, false_alarms);
    assert_int_equal(record->misses, misses);
}

/* ---- the rule ---- */

struct rule_case {
    const char *name;
    unsigned right, alarms;
    bool supports, refutes;
};

static struct rule_case rule_cases[] = {
    {"no_alarm_says_nothing", 0, 0, false, false},
    {"one_right_alarm_supports", 1, 1, true, false},
    {"one_false_alarm_refutes", 0, 1, false, true},
    {"one_of_two_refutes", 1, 2, false, true},
    {"two_of_three_refute", 2, 3, false, true},
    {"three_of_three_support", 3, 3, true, false},
    {"three_of_four_support", 3, 4, true, false},
    {"five_of_seven_refute", 5, 7, false, true},
    {"six_of_eight_support", 6, 8, true, false},
    {"more_than_numbers_of_32_bits_hold_support", 3000000000U, 4000000000U, true, false},
};

TEST_EACH(at_least_three_of_four_alarms_must_have_been_right, rule_cases)
{
    const struct rule_case *rule = *state;
    const struct alarm_record record = {.alarms = rule->alarms,
                                        .right = rule->right,
                                        .false_alarms = rule->alarms - rule->right};

    assert_int_equal(signal_score_supports(&record), rule->supports);
    assert_int_equal(signal_score_refutes(&record), rule->refutes);
}

/* ---- errors ---- */

/* 1.6 cores are forecast for 1.5 at 2,000/s, and all of two for two at 4,000/s. Memory is 60 MiB all the time. */
TEST_WITH(forecasts_are_scored_against_what_happened, init_log, release_log)
{
    climb(0, (const double[]){0.4, 0.8, 1.5, 2}, "pppb");
    struct early_warning early_warning = found();
    assert_int_equal(early_warning.scores[SIGNAL_CPU].count, 2);
    assert_true(fabs(early_warning.scores[SIGNAL_CPU].median_error - 0.0667 / 2) < 0.001);
    assert_int_equal(early_warning.scores[SIGNAL_CPU].off_by_twice, 0);
    assert_true(early_warning.scores[SIGNAL_MEMORY].median_error < 0.001);
    assert_int_equal(early_warning.scores[SIGNAL_DEPENDENCY_CPU].count, 0);
}

TEST_WITH(what_was_more_than_twice_or_less_than_half_of_a_forecast_is_counted, init_log, release_log)
{
    climb(0, (const double[]){0.1, 0.4, 0.45, 1.2}, "pppp"); /* 1.0 of 0.45; 0.55 of 1.2 */
    assert_int_equal(found().scores[SIGNAL_CPU].count, 2);
    assert_int_equal(found().scores[SIGNAL_CPU].off_by_twice, 2);
}

/* ---- alarms ---- */

/* 0.8 + 2 x 0.7 = 2.2 of 1.8 cores at 2,000/s is false; 1.3 + 2 x 0.5 = 2.3 at 4,000/s is right. */
TEST_WITH(an_alarm_is_right_if_the_load_breaks_and_false_if_it_holds, init_log, release_log)
{
    climb(0, (const double[]){0.1, 0.8, 1.3, 2}, "pppb");
    check_alarms(&found().scores[SIGNAL_CPU].alarms, 1, 1, 0);
    check_alarms(&found().scores[SIGNAL_THREAD].alarms, 0, 0, 0);
}

/* 0.6 + 2 x 0.2 = 1.0 cores at 4,000/s, where 2 were used. */
TEST_WITH(a_break_with_the_signal_beyond_its_limit_and_no_alarm_is_a_miss, init_log, release_log)
{
    climb(0, (const double[]){0.2, 0.4, 0.6, 2}, "pppb");
    struct early_warning early_warning = found();
    check_alarms(&early_warning.scores[SIGNAL_CPU].alarms, 0, 0, 1);
    check_alarms(&early_warning.scores[SIGNAL_THREAD].alarms, 0, 0, 0); /* it broke, but not in this */
    assert_int_equal(early_warning.alarms.misses + early_warning.alarms.right, 1);
}

/* 0.7 + 2 x 0.6 = 1.9 of 1.8 cores: forecasts err by more than that. */
TEST_WITH(a_forecast_just_beyond_the_limit_is_no_alarm, init_log, release_log)
{
    climb(0, (const double[]){0.1, 0.7, 1.1, 2}, "pppb");
    check_alarms(&found().scores[SIGNAL_CPU].alarms, 0, 0, 1);
}

TEST_WITH(alarms_after_the_first_break_count_for_nothing, init_log, release_log)
{
    climb(0, (const double[]){0.2, 0.4, 1.0, 2, 2, 2}, "pppbbb");
    check_alarms(&found().scores[SIGNAL_CPU].alarms, 1, 0, 0);
    assert_int_equal(found().scores[SIGNAL_CPU].count, 2);
}

TEST_WITH(alarms_of_all_trials_count_together, init_log, release_log)
{
    for (unsigned trial = 0; trial < 3; trial++) {
        climb(trial, (const double[]){0.2, 0.4, 1.0, 2}, "pppb");
    }
    climb(3, (const double[]){0.1, 0.8, 1.3, 1.35}, "pppp"); /* two false alarms */
    check_alarms(&found().scores[SIGNAL_CPU].alarms, 3, 2, 0);
    assert_true(found().withdrawn);
}

/* A single break that a higher load contradicts does not count as one: the alarm of it was false. */
TEST_WITH(a_break_that_a_higher_load_contradicts_makes_no_alarm_right, init_log, release_log)
{
    climb(0, (const double[]){0.2, 0.4, 1.0, 1.2, 1.3, 1.4}, "pppbpp");
    check_alarms(&found().scores[SIGNAL_CPU].alarms, 0, 1, 0);
}

TEST_WITH(invalid_steps_neither_make_forecasts_nor_judge_them, init_log, release_log)
{
    climb(0, (const double[]){0.2, 0.4, 1.0, 2}, "pppi");
    check_alarms(&found().scores[SIGNAL_CPU].alarms, 0, 0, 0);
    assert_int_equal(found().scores[SIGNAL_CPU].count, 1);
}

/* ---- what is shown ---- */

/* 1.2 + 2 x 0.5 = 2.2 of 1.8 cores at 4,000/s, where 1.6 were used and all held; then it was right at 8,000/s. */
TEST_WITH(a_signal_with_as_many_false_alarms_as_right_ones_is_withdrawn, init_log, release_log)
{
    climb(0, (const double[]){0.2, 0.7, 1.2, 1.6, 2}, "ppppb");
    struct early_warning early_warning = found();
    assert_true(early_warning.asked);
    assert_true(early_warning.withdrawn);
    assert_int_equal(early_warning.signal, SIGNAL_CPU);
    assert_int_equal(early_warning.steps_before, 0);
    check_alarms(&early_warning.scores[SIGNAL_CPU].alarms, 1, 1, 0);
}

TEST_WITH(a_signal_with_right_alarms_alone_is_shown, init_log, release_log)
{
    climb(0, (const double[]){0.2, 0.7, 1.0, 1.5, 2}, "ppppb");
    struct early_warning early_warning = found();
    assert_false(early_warning.withdrawn);
    assert_int_equal(early_warning.signal, SIGNAL_CPU);
    assert_int_equal(early_warning.steps_before, 2);
}

/* 1.3 + 2 x 0.6 = 2.5 of 1.8 cores at 4,000/s, and it held; 1.7 + 2 x 0.4 = 2.5 at the next load. */
TEST_WITH(a_signal_with_false_alarms_does_not_tell_of_the_next_doubling, init_log, release_log)
{
    climb(0, (const double[]){0.3, 0.7, 1.3, 1.7}, "pppp");
    struct early_warning early_warning = found();
    check_alarms(&early_warning.scores[SIGNAL_CPU].alarms, 0, 1, 0);
    assert_false(early_warning.next_known);
}
