/* Causes that the requests alone tell: what was refused, and pauses that return. */
#include "analysis/cause/cause.h"

#include "caused_trial.h"
#include "test.h"

/* --- shedding ----------------------------------------------------------------------------------------------------- */

/* Of each 500 requests, so many fail with a status, by the records of the status. */
static void refuse(struct step_builder *builder, uint64_t each)
{
    step_builder_fail(builder, 0, BUILT_INTERVALS, each, FAILURE_STATUS);
}

static void count_status(struct step_record *record, unsigned status, uint64_t count, double ms)
{
    status_counts_add(&record->load.statuses, &(struct status_count){status, count, (uint64_t)(ms * 1e6) * count});
    status_counts_sort(&record->load.statuses);
}

/* A step at 2,000/s that fails 200 of each 500 requests, after one at 1,000/s that fails `before` of each 250. */
static void init_shedding(struct caused_trial *trial, uint64_t before)
{
    struct step_builder builders[2] = {healthy_step(), healthy_step()};

    step_builder_init(&builders[0], 1000);
    refuse(&builders[0], before);
    refuse(&builders[1], 200);
    caused_trial_init(trial, builders, 2, 2);
}

TEST(a_service_that_refuses_what_is_too_much_sheds_load)
{
    struct caused_trial trial;

    init_shedding(&trial, 0);
    count_status(&trial.records[1], 429, 4000, 1);
    struct cause_finding finding = caused_trial_find(&trial, 1);
    assert_int_equal(finding.cause, CAUSE_SHEDDING);
    assert_int_equal(finding.second, CAUSE_UNKNOWN);
    check_evidence(&finding, "refused_status", 429);
    check_evidence(&finding, "refused_share", 0.4);
    check_evidence(&finding, "refused_mean_ns", 1e6);
    caused_trial_release(&trial);
}

TEST(statuses_that_are_always_wrong_or_many_or_slow_are_no_shedding)
{
    const struct {
        uint64_t before;
        unsigned status;
        uint64_t count, others; /* with another status */
        double ms;
    } cases[] = {
        {100, 404, 4000, 0, 1},  /* as many at half the load */
        {0, 500, 3000, 1000, 1}, /* three quarters with one status */
        {0, 503, 4000, 0, 40},   /* within the limit, and yet much slower than the rest */
        {0, 301, 4000, 0, 1},    /* no error */
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct caused_trial trial;
        init_shedding(&trial, cases[i].before);
        count_status(&trial.records[1], cases[i].status, cases[i].count, cases[i].ms);
        count_status(&trial.records[1], 502, cases[i].others, cases[i].ms);
        assert_string_equal(cause_name(caused_trial_find(&trial, 1).cause), "unknown");
        caused_trial_release(&trial);
    }
}

TEST(a_service_that_answers_nothing_right_or_late_does_not_shed)
{
    struct step_builder all = healthy_step(), late = healthy_step();
    struct caused_trial trial;

    refuse(&all, 500);
    caused_trial_init(&trial, &all, 1, 2);
    count_status(&trial.records[0], 404, 10000, 1);
    assert_int_equal(caused_trial_find(&trial, 0).cause, CAUSE_UNKNOWN);
    caused_trial_release(&trial);
    refuse(&late, 100);
    step_builder_slow(&late, 4, 20, 60, 75);
    caused_trial_init(&trial, &late, 1, 2);
    count_status(&trial.records[0], 503, 2000, 1);
    assert_int_equal(caused_trial_find(&trial, 0).cause, CAUSE_WAITING);
    caused_trial_release(&trial);
}

TEST(a_service_that_refuses_because_it_has_no_cpu_left_does_both)
{
    struct step_builder builder = healthy_step();
    struct caused_trial trial;

    refuse(&builder, 200);
    builder.host.cores = builder.host.cores_busy = 1.95;
    caused_trial_init(&trial, &builder, 1, 2);
    count_status(&trial.records[0], 503, 4000, 1);
    struct cause_finding finding = caused_trial_find(&trial, 0);
    assert_int_equal(finding.cause, CAUSE_SHEDDING);
    assert_int_equal(finding.second, CAUSE_CPU);
    caused_trial_release(&trial);
}

/* --- pauses ------------------------------------------------------------------------------------------------------- */

/* Four steps of which the last is late in each interval that a pause of 200 ms touches; it has one each `period_ms`
 * from `first_ms` on, on the clock of the trial, `off_ms` too late every other time. */
static void init_pauses(struct caused_trial *trial, double period_ms, double off_ms)
{
    struct step_builder builders[4];
    double step_ms = (double)CAUSED_STEP_NS / 1e6;

    for (size_t i = 0; i < 4; i++) {
        step_builder_init(&builders[i], UINT64_C(250) << i);
    }
    builders[3] = healthy_step();
    for (int k = 0; k < 4 * step_ms / period_ms; k++) {
        double at_ms = 300 + k * period_ms + (k % 2) * off_ms - 3 * step_ms;
        if (at_ms >= 0 && at_ms < BUILT_MEASURED_MS) {
            size_t interval = (size_t)(at_ms / BUILT_INTERVAL_MS);
            step_builder_slow(&builders[3], interval, interval + 1, 200, 150);
        }
    }
    caused_trial_init(trial, builders, 4, 2);
    for (int k = 0; k < 4 * step_ms / period_ms; k++) {
        double at_ms = 300 + k * period_ms + (k % 2) * off_ms;
        size_t step = (size_t)(at_ms / step_ms);
        double within_ms = at_ms - (double)step * step_ms;
        if (step < 4 && within_ms + 200 <= BUILT_MEASURED_MS) {
            caused_trial_stall(trial, step, within_ms, 200);
        }
    }
}

TEST(a_pause_that_returns_is_found_by_its_period_over_the_steps)
{
    const double periods_ms[] = {700, 1000, 2000, 2900};

    for (size_t i = 0; i < sizeof periods_ms / sizeof periods_ms[0]; i++) {
        struct caused_trial trial;
        init_pauses(&trial, periods_ms[i], 0);
        struct cause_finding finding = caused_trial_find(&trial, 3);
        assert_int_equal(finding.cause, CAUSE_PAUSE);
        assert_int_equal(finding.second, CAUSE_UNKNOWN);
        assert_float_equal(evidence_of(&finding, "pause_period_ns")->value / 1e6, periods_ms[i], 1);
        check_evidence(&finding, "pause_length_ns", 200e6);
        caused_trial_release(&trial);
    }
}

TEST(stalls_at_no_regular_distance_are_no_pause)
{
    struct caused_trial trial;

    init_pauses(&trial, 2000, 700);
    struct cause_finding finding = caused_trial_find(&trial, 3);
    assert_int_equal(finding.cause, CAUSE_WAITING);
    assert_null(evidence_of(&finding, "pause_period_ns"));
    caused_trial_release(&trial);
}

/* Regular, and three of four times it is not there. */
TEST(a_period_that_is_mostly_missed_is_none)
{
    struct step_builder builder = slow_step(0.5, 0.3);
    struct caused_trial trial;
    const double at_ms[] = {100, 1700, 2100, 4500};

    caused_trial_init(&trial, &builder, 1, 2);
    for (size_t i = 0; i < 4; i++) {
        caused_trial_stall(&trial, 0, at_ms[i], 100);
    }
    assert_int_equal(caused_trial_find(&trial, 0).cause, CAUSE_WAITING);
    caused_trial_release(&trial);
}

/* The pauses are there, and the responses are late all the time. */
TEST(a_pause_that_does_not_explain_what_was_late_is_not_the_cause)
{
    struct caused_trial trial;
    struct step_builder builders[2] = {healthy_step(), slow_step(0.5, 0.3)};

    caused_trial_init(&trial, builders, 2, 2);
    for (int at_ms = 100; at_ms < BUILT_MEASURED_MS; at_ms += 1200) {
        caused_trial_stall(&trial, 1, (double)at_ms, 60);
    }
    struct cause_finding finding = caused_trial_find(&trial, 1);
    assert_int_equal(finding.cause, CAUSE_WAITING);
    check_evidence(&finding, "pauses", 5);
    caused_trial_release(&trial);
}

TEST(three_stalls_are_too_few_for_a_period)
{
    struct step_builder builder = slow_step(0.5, 0.3);
    struct caused_trial trial;

    caused_trial_init(&trial, &builder, 1, 2);
    for (int at_ms = 1000; at_ms <= 4000; at_ms += 1500) {
        caused_trial_stall(&trial, 0, (double)at_ms, 400);
    }
    struct cause_finding finding = caused_trial_find(&trial, 0);
    assert_null(evidence_of(&finding, "pauses"));
    caused_trial_release(&trial);
}

TEST(a_service_that_was_not_watched_still_tells_what_its_responses_tell)
{
    struct caused_trial trial;

    init_shedding(&trial, 0);
    trial.records[1].sample_count = 0;
    count_status(&trial.records[1], 429, 4000, 1);
    assert_int_equal(caused_trial_find(&trial, 1).cause, CAUSE_SHEDDING);
    caused_trial_release(&trial);
    init_pauses(&trial, 1000, 0);
    trial.records[3].not_watched = true;
    assert_int_equal(caused_trial_find(&trial, 3).cause, CAUSE_PAUSE);
    trial.records[3].load.stalls.count = 0;
    assert_int_equal(caused_trial_find(&trial, 3).cause, CAUSE_NOT_WATCHED);
    caused_trial_release(&trial);
}
