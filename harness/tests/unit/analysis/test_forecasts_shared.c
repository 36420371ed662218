/* How the forecasts fare in the runs of harness/tests/runs, whose services are real. */
#include "analysis/forecast/signal_score.h"
#include "shared_runs.h"
#include "test.h"

const struct test_group test_group = {shared_runs_read, shared_runs_release};

struct sums {
    struct alarm_record alarms;
    size_t count, off_by_twice;
};

static void add(struct sums *sums, const struct alarm_record *record)
{
    sums->alarms.alarms += record->alarms;
    sums->alarms.right += record->right;
    sums->alarms.false_alarms += record->false_alarms;
    sums->alarms.misses += record->misses;
}

static struct sums sum_of(enum forecast_signal signal)
{
    struct sums sums = {0};

    for (size_t i = 0; i < shared_run_count; i++) {
        for (size_t k = 0; k < shared_runs[i].findings.backend_count; k++) {
            const struct early_warning *found = &shared_runs[i].findings.backends[k].early_warning;
            if (signal == SIGNAL_COUNT) {
                add(&sums, &found->alarms);
            } else {
                add(&sums, &found->scores[signal].alarms);
                sums.count += found->scores[signal].count;
                sums.off_by_twice += found->scores[signal].off_by_twice;
            }
        }
    }
    return sums;
}

static void show(const char *name, const struct sums *sums)
{
    print_message("%-18s %3u alarms, %3u right, %3u false, %3u misses, %3zu of %3zu off by twice\n", name,
                  sums->alarms.alarms, sums->alarms.right, sums->alarms.false_alarms, sums->alarms.misses,
                  sums->off_by_twice, sums->count);
}

struct signal_case {
    const char *name;
    enum forecast_signal signal; /* SIGNAL_COUNT: all together */
    unsigned right, false_alarms, misses;
    size_t count, off_by_twice;
};

static struct signal_case signal_cases[] = {
    {"cpu", SIGNAL_CPU, 54, 4, 5, 326, 3},
    {"thread", SIGNAL_THREAD, 0, 0, 0, 326, 1},
    {"memory", SIGNAL_MEMORY, 0, 0, 0, 326, 10},
    {"dependency_cpu", SIGNAL_DEPENDENCY_CPU, 0, 0, 0, 0, 0},
    {"dependency_places", SIGNAL_DEPENDENCY_PLACES, 0, 0, 0, 28, 12},
    {"latency", SIGNAL_LATENCY, 59, 6, 9, 326, 107},
    {"in_flight", SIGNAL_IN_FLIGHT, 1, 0, 0, 326, 67},
    {"all", SIGNAL_COUNT, 60, 6, 8, 0, 0},
};

/* What the rules of now make of the runs. It changes with every change of these rules: then the new figures go here,
 * and are better, or the change is not. */
TEST_EACH(alarms_and_false_alarms_are_what_they_are, signal_cases)
{
    const struct signal_case *expected = *state;
    struct sums sums = sum_of(expected->signal);

    show(expected->name, &sums);
    assert_int_equal(sums.alarms.alarms, sums.alarms.right + sums.alarms.false_alarms);
    assert_int_equal(sums.alarms.right, expected->right);
    assert_int_equal(sums.alarms.false_alarms, expected->false_alarms);
    assert_int_equal(sums.alarms.misses, expected->misses);
    assert_int_equal(sums.count, expected->count);
    assert_int_equal(sums.off_by_twice, expected->off_by_twice);
}

/* Over all services and trials: a signal below that would have to go as a whole. */
TEST(no_signal_gives_more_than_one_false_alarm_in_four)
{
    for (int i = 0; i < SIGNAL_COUNT; i++) {
        struct sums sums = sum_of((enum forecast_signal)i);
        assert_false(signal_score_refutes(&sums.alarms));
    }
}

/* And of each service: what is shown is supported, what is withdrawn is not. */
TEST(at_least_three_of_four_alarms_of_every_signal_that_is_shown_were_right)
{
    size_t shown = 0, withdrawn = 0;

    for (size_t i = 0; i < shared_run_count; i++) {
        for (size_t k = 0; k < shared_runs[i].findings.backend_count; k++) {
            const struct early_warning *found = &shared_runs[i].findings.backends[k].early_warning;
            const struct alarm_record *record = &found->scores[found->signal].alarms;
            assert_false(found->withdrawn && found->steps_before > 0);
            if (found->steps_before > 0) {
                assert_true(record->alarms > 0 && record->right >= 0.75 * record->alarms);
                shown++;
            } else if (found->withdrawn) {
                assert_true(record->right < 0.75 * record->alarms || record->alarms == 0);
                withdrawn++;
            }
        }
    }
    print_message("%zu early warnings, %zu withdrawn\n", shown, withdrawn);
    assert_true(shown >= 35);
    assert_true(withdrawn >= 1);
}
