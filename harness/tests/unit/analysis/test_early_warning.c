#include "analysis/forecast/early_warning.h"

#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A step of the ladder on two cores, of which `busy` are, with a thread that is at `thread`. */
static struct step_record *step(struct run_log *log, unsigned index, double busy, double thread, bool breaks)
{
    struct step_builder builder;

    step_builder_init(&builder, UINT64_C(500) << index);
    builder.index = index;
    builder.host.cores = builder.host.cores_busy = busy;
    builder.host.busiest_thread = thread;
    if (breaks) {
        step_builder_slow(&builder, 4, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
    }
    return log_builder_step(log, &builder);
}

static struct early_warning early_warning_of(struct run_log *log)
{
    struct findings findings = log_builder_findings(log);
    struct early_warning early_warning = findings.backends[0].early_warning;

    findings_release(&findings);
    return early_warning;
}

/* An event loop whose thread does little more with every doubling at first. */
TEST(a_thread_that_is_filling_up_is_seen_one_step_before_it_is_saturated)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step(&log, 0, 0.60, 0.60, false); /* until here CPU was not what the load made */
    step(&log, 1, 0.62, 0.61, false);
    step(&log, 2, 0.64, 0.62, false);
    step(&log, 3, 0.75, 0.70, false);
    step(&log, 4, 1.05, 0.99, true);
    struct early_warning early_warning = early_warning_of(&log);
    assert_true(early_warning.asked);
    assert_int_equal(early_warning.steps_before, 0); /* 0.70 + 2 x 0.08 = 0.86, which is not saturated */
    log.steps[3].samples[BUILT_LAST_SAMPLE].busiest_thread_cpu_ns += 300000000;
    early_warning = early_warning_of(&log);
    assert_int_equal(early_warning.steps_before, 1);
    assert_int_equal(early_warning.signal, SIGNAL_THREAD);
    assert_int_equal(early_warning.seen_at, 4000);
    assert_true(fabs(early_warning.seen - 0.76) < 0.001);
    assert_true(fabs(early_warning.expected - 1.04) < 0.001);
    run_log_release(&log);
}

TEST(what_grows_evenly_is_seen_as_early_as_two_steps_can_tell)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        step(&log, i, fmin(2, 0.20 * (double)(1U << i)), 0.05 * (double)(1U << i), i == 4);
    }
    struct early_warning early_warning = early_warning_of(&log);
    assert_int_equal(early_warning.signal, SIGNAL_CPU);
    assert_int_equal(early_warning.steps_before, 3); /* 500 and 1,000 tell of 8,000 */
    assert_int_equal(early_warning.seen_at, 1000);
    assert_true(fabs(early_warning.expected - 3.2) < 0.01);
    assert_false(early_warning.next_known);
    run_log_release(&log);
}

/* A ladder of five steps from 500/s with these cores busy, of which the last one breaks. */
static struct early_warning warned_by_cores(const double *cores)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        step(&log, i, cores[i], 0.05 * (double)(1U << i), i == 4);
    }
    struct early_warning early_warning = early_warning_of(&log);
    run_log_release(&log);
    return early_warning;
}

/* 0.2 and 0.7 cores foretell 3.7 of 1.8 at 4,000/s, where 1.5 were used and all held. */
TEST(a_forecast_that_says_the_same_of_a_load_that_held_showed_nothing)
{
    struct early_warning early_warning = warned_by_cores((const double[]){0.2, 0.7, 1.0, 1.5, 2});

    assert_int_equal(early_warning.signal, SIGNAL_CPU);
    assert_int_equal(early_warning.seen_at, 2000);
    assert_int_equal(early_warning.steps_before, 2);
}

/* 1.2 + 2 x 0.5 = 2.2 of 1.8 cores are foretold for 4,000/s, which held. The thread foretells the break and was never
 * wrong. */
TEST(another_signal_stands_in_for_one_that_is_withdrawn)
{
    static const double cores[] = {0.2, 0.7, 1.2, 1.6, 2};
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        step(&log, i, cores[i], fmin(0.98, 0.07 * (double)(1U << i)), i == 4);
    }
    struct early_warning early_warning = early_warning_of(&log);
    assert_false(early_warning.withdrawn);
    assert_int_equal(early_warning.signal, SIGNAL_THREAD);
    assert_int_equal(early_warning.scores[SIGNAL_THREAD].alarms.alarms, 1);
    run_log_release(&log);
}

/* The break that is described may be a step of the search, run long after the ladder. */
TEST(steps_before_a_break_are_loads_of_the_ladder_and_not_runs)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        step(&log, i, fmin(2, 0.21 * (double)(1U << i)), 0.05 * (double)(1U << i), i == 4);
    }
    struct step_record *again = step(&log, 4, 2, 0.8, true);
    again->index = 9;
    again->phase = PHASE_SEARCH;
    again->level = 7900;
    struct early_warning early_warning = early_warning_of(&log);
    assert_int_equal(early_warning.seen_at, 1000);
    assert_int_equal(early_warning.steps_before, 3); /* 1,000, 2,000 and 4,000, although eight runs lie between */
    run_log_release(&log);
}

/* 1.1 + 2 x 0.5 = 2.1 of 1.8 cores at 8,000/s, and 1.35 at 5,000/s, where the search then found the break. */
TEST(a_break_that_the_search_finds_between_loads_of_the_ladder_was_foretold_for_the_upper_one)
{
    static const double cores[] = {0.2, 0.4, 0.6, 1.1, 2};
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        step(&log, i, cores[i], 0.1, i == 4);
    }
    struct step_record *searched = step(&log, 4, 2, 0.1, true);
    searched->index = 9;
    searched->phase = PHASE_SEARCH;
    searched->level = 5000;
    struct early_warning early_warning = early_warning_of(&log);
    assert_int_equal(early_warning.steps_before, 1);
    assert_int_equal(early_warning.seen_at, 4000);
    assert_int_equal(early_warning.expected_at, 8000);
    assert_true(fabs(early_warning.expected - 2.1) < 0.01);
    run_log_release(&log);
}

TEST(what_lies_closer_to_the_limit_than_forecasts_err_is_not_seen_yet)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 5; i++) {
        step(&log, i, fmin(2, 0.165 * (double)(1U << i)), 0.05 * (double)(1U << i), i == 4);
    }
    struct early_warning early_warning = early_warning_of(&log);
    assert_int_equal(early_warning.steps_before,
                     2); /* 2.64 cores of 1.8, but over three doublings; over two that is sure */
    assert_int_equal(early_warning.seen_at, 2000);
    run_log_release(&log);
}

TEST(a_break_that_nothing_announced_is_said_to_be_one)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    for (unsigned i = 0; i < 4; i++) {
        step(&log, i, 0.3, 0.1, i == 3);
    }
    struct early_warning early_warning = early_warning_of(&log);
    assert_true(early_warning.asked);
    assert_int_equal(early_warning.steps_before, 0);
    run_log_release(&log);
}

/* A step of 500/s << index in which one response in 50 takes `slow_ms`, the others up to `usual_ms`, and in which
 * `failed` requests an interval fail. */
static void slow_tail(struct run_log *log, unsigned index, double usual_ms, double slow_ms, uint64_t failed)
{
    struct step_builder builder;

    step_builder_init(&builder, UINT64_C(500) << index);
    builder.index = index;
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].usual_ms = usual_ms;
    }
    step_builder_slow(&builder, 0, BUILT_INTERVALS, builder.intervals[0].offered / 50, slow_ms);
    step_builder_fail(&builder, 0, BUILT_INTERVALS, failed, FAILURE_STATUS);
    log_builder_step(log, &builder);
}

TEST(times_that_were_long_once_are_no_sign_of_a_break_without_them)
{
    for (int grows = 0; grows < 2; grows++) {
        struct run_log log;
        log_builder_init(&log);
        log_builder_backend(&log, "go");
        slow_tail(&log, 0, 4, 30, 0);
        slow_tail(&log, 1, 8, 45, 0);
        slow_tail(&log, 2, 4, grows ? 75 : 5, 20); /* errors are the other limit that breaks */
        struct early_warning early_warning = early_warning_of(&log);
        assert_true(early_warning.asked);
        assert_int_equal(early_warning.steps_before, grows ? 1 : 0);
        assert_int_equal(early_warning.grew, grows);
        run_log_release(&log);
    }
}

TEST(what_fell_again_on_the_way_was_visible_only_from_then_on)
{
    const double tails_ms[] = {30, 45, 50};

    for (size_t i = 0; i < sizeof tails_ms / sizeof *tails_ms; i++) {
        struct run_log log;
        log_builder_init(&log);
        log_builder_backend(&log, "go");
        slow_tail(&log, 0, 4, 4, 0);
        slow_tail(&log, 1, 4, 45, 0);
        slow_tail(&log, 2, 8, tails_ms[i], 0);
        slow_tail(&log, 3, 8, 300, 0);
        struct early_warning early_warning = early_warning_of(&log);
        assert_int_equal(early_warning.signal, SIGNAL_LATENCY);
        assert_int_equal(early_warning.steps_before, 1);
        assert_int_equal(early_warning.grew, tails_ms[i] > 45);
        run_log_release(&log);
    }
}

TEST(a_break_in_the_second_step_cannot_be_asked_for)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step(&log, 0, 0.3, 0.1, false);
    step(&log, 1, 1.9, 0.9, true);
    struct early_warning early_warning = early_warning_of(&log);
    assert_false(early_warning.asked);
    assert_int_equal(early_warning.steps_before, 0);
    run_log_release(&log);
}

TEST(where_nothing_broke_the_next_doubling_is_told)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step(&log, 0, 0.35, 0.1, false);
    step(&log, 1, 0.7, 0.2, false);
    step(&log, 2, 1.4, 0.4, false);
    struct early_warning early_warning = early_warning_of(&log);
    assert_false(early_warning.asked);
    assert_true(early_warning.next_known);
    assert_int_equal(early_warning.next_level, 4000);
    assert_int_equal(early_warning.next_signal, SIGNAL_CPU);
    assert_true(fabs(early_warning.next_expected - 2.8) < 0.01 && early_warning.next_limit < 2);
    run_log_release(&log);
}

/* A step of a service that hardly works itself, beside a dependency with cores of its own of which `busy` are. */
static void step_beside(struct run_log *log, unsigned index, double busy, bool breaks)
{
    struct step_record *record = step(log, index, 0.1, 0.1, breaks);
    struct dependency_load *load = mem_new(1, sizeof *load);
    uint64_t start_ns = record->load.started_ns, length_ns = record->load.measured_ns;

    load->name = mem_string("postgresql");
    load->cores = 1;
    load->samples = mem_new(load->sample_count = 2, sizeof *load->samples);
    load->samples[0].at_ns = start_ns;
    load->samples[1].at_ns = start_ns + length_ns;
    load->samples[1].cpu_ns = (uint64_t)(busy * (double)length_ns);
    record->dependencies = load;
    record->dependency_count = 1;
}

TEST(a_dependency_that_is_filling_up_is_seen_before_it_is_saturated)
{
    struct run_log log;

    log_builder_init(&log);
    log_builder_backend(&log, "go");
    step_beside(&log, 0, 0.17, false);
    step_beside(&log, 1, 0.34, false); /* predicts 0.68, and 1.36 at the one behind */
    step_beside(&log, 2, 0.60, false);
    step_beside(&log, 3, 0.98, true);
    const struct early_warning early_warning = early_warning_of(&log);
    assert_int_equal(early_warning.signal, SIGNAL_DEPENDENCY_CPU);
    assert_int_equal(early_warning.steps_before, 2);
    assert_true(fabs(early_warning.seen - 0.34) < 0.001);
    assert_true(fabs(early_warning.expected - 1.36) < 0.001);
    const struct signal_score *score = &early_warning.scores[SIGNAL_DEPENDENCY_CPU];
    assert_int_equal(score->count, 2); /* 0.68 of 0.60; 0.60 + 2 x 0.26 is all of it, and 0.98 was used */
    assert_true(fabs(score->median_error - (0.1333 + 0.0204) / 2) < 0.001);
    assert_int_equal(score->alarms.alarms, 1);
    assert_int_equal(score->alarms.right, 1);
    for (size_t i = 0; i < log.step_count; i++) {
        log.steps[i].dependencies[0].shared = true;
    }
    assert_int_not_equal(early_warning_of(&log).signal,
                         SIGNAL_DEPENDENCY_CPU); /* saturated cores are everybody's then */
    run_log_release(&log);
}

/* A step whose traffic is twice as much in two parts of it, in which the service works `more` cores beyond its others.
 */
static void spiked(struct run_log *log, unsigned index, double more, bool breaks)
{
    struct step_builder builder;

    step_builder_init(&builder, UINT64_C(500) << index);
    builder.index = index;
    builder.host.cores = builder.host.cores_busy = 0.3;
    for (size_t i = 0; i < BUILT_INTERVALS; i++) {
        builder.intervals[i].offered *= i / 4 % 2 == 1 ? 2 : 1;
    }
    if (breaks) {
        step_builder_slow(&builder, 4, BUILT_INTERVALS, builder.intervals[0].offered / 10, 75);
    }
    struct step_record *record = log_builder_step(log, &builder);
    uint64_t more_ns = 0;
    for (size_t i = 1; i < record->sample_count; i++) {
        uint64_t at_ns = record->samples[i].at_ns - record->load.started_ns - 1;
        bool raised = at_ns < record->load.measured_ns && at_ns / record->load.interval_ns / 4 % 2 == 1;
        more_ns += raised ? (uint64_t)(more * 1e8) : 0;
        record->samples[i].cpu_ns += more_ns;
    }
}

/* Cores that are idle in the mean: 0.3 of 2, and all of them while it is raised. */
TEST(what_spikes_saturate_is_seen_in_the_spikes)
{
    for (int spikes = 0; spikes < 2; spikes++) {
        struct run_log log;
        log_builder_init(&log);
        if (spikes) {
            char *text = log.run.scenario_text;
            log.run.scenario_text = mem_format("%.*s, \"spikes\": 2%s", (int)(strstr(text, "\"5s\"") + 4 - text), text,
                                               strstr(text, "\"5s\"") + 4);
            free(text);
        }
        log_builder_backend(&log, "go");
        spiked(&log, 0, 0.1, false);
        spiked(&log, 1, 0.3, false);
        spiked(&log, 2, 0.85, false);
        spiked(&log, 3, 1.7, true);
        struct early_warning early_warning = early_warning_of(&log);
        assert_true(early_warning.asked);
        assert_int_equal(early_warning.steps_before,
                         spikes); /* 1.15 + 2 x 0.55 of two cores; 0.64 + 2 x 0.22 in the mean */
        assert_int_equal(early_warning.in_spikes, spikes);
        if (spikes) {
            assert_int_equal(early_warning.signal, SIGNAL_CPU);
            assert_true(fabs(early_warning.seen - 1.15) < 0.05);
        }
        run_log_release(&log);
    }
}
