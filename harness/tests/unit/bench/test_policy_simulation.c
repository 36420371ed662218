/* The whole policy (ladder, repeats, search, decision) on services whose truth is known, in simulated time.
 * TWOFOLD_RUNS sets the number of runs of each kind: the suite makes few, `make truth-simulation` a thousand and prints
 * the table. */
#include "analysis/capacity/limit_order.h"
#include "asked_runs.h"
#include "base/clock.h"
#include "simulated_trial.h"
#include "test.h"

#include <math.h>
#include <stdio.h>

#define RUNS_USUAL 24

/* An M/M/1 service of `mu` requests/s keeps p99 within the limit up to mu - ln(100) / limit. */
struct kind {
    double mu, limit_s;
    enum profile profile;
    unsigned trials;
    double stall_chance;
    struct queue_model other; /* what else it does: admitted_rps and _burst, crash_after, cold_ns and _factor */
};

static double truth_of(const struct kind *kind)
{
    return kind->mu - log(100) / kind->limit_s;
}

/* The ladder begins elsewhere in each run, so that no level lies at the truth by chance. */
static struct scenario scenario_of(const struct kind *kind, unsigned run)
{
    double from = kind->mu * pow(2, -3 - (double)(run % 16) / 16);

    return (struct scenario){.name = "simulated",
                             .doubling = DOUBLING_RATE,
                             .from = (uint64_t)(from + 0.5),
                             .steps = 7,
                             .warmup_ns = CLOCK_SECOND_NS,
                             .measure_ns = 5 * CLOCK_SECOND_NS,
                             .deadline_ns = (uint64_t)(20 * kind->limit_s * 1e9),
                             .arrivals = ARRIVALS_POISSON,
                             .seed = run + 1,
                             .limits = {.percentile = 0.99,
                                        .latency_ns = (uint64_t)(kind->limit_s * 1e9),
                                        .error_share = 0.001,
                                        .throughput_share = 0.95}};
}

static struct service_model model_of(const struct kind *kind)
{
    struct queue_model queue = kind->other;

    queue.servers = 1;
    queue.shape = WORK_EXPONENTIAL;
    queue.mean_work_ns = 1e9 / kind->mu;
    queue.stall_chance = kind->stall_chance;
    queue.stall_ns = 120 * CLOCK_MILLISECOND_NS;
    return (struct service_model){.queue = queue,
                                  .deadline_ns = (uint64_t)(20 * kind->limit_s * 1e9),
                                  .cpu_share = 1,
                                  .memory_bytes = 64e6};
}

/* What came of all runs of a kind. */
struct outcome {
    unsigned runs, estimated, covered, above, below, open, halved;
    unsigned first[LIMIT_COUNT]; /* runs whose first limit this is, alone or of several not told apart */
    unsigned held_nothing;
    unsigned shed; /* whose interval of the errors holds admitted_rps, or nearly so */
    double bias, spread, width, seconds, steps;
};

static void add_first(struct outcome *outcome, const struct simulated_run *run, double admitted_rps)
{
    const struct limit_capacity *errors = limit_order_of(&run->finding, LIMIT_ERRORS);

    if (errors != NULL && admitted_rps > 0) {
        outcome->shed += errors->low <= admitted_rps && 0.9 * admitted_rps <= errors->high;
    }
    if (limit_order_first(&run->finding) > 0) {
        outcome->first[run->finding.limits[0].limit]++;
    }
}

static void add(struct outcome *outcome, const struct simulated_run *run, double truth, double admitted_rps)
{
    const struct limit_capacity *latency = limit_order_of(&run->finding, LIMIT_LATENCY);

    add_first(outcome, run, admitted_rps);
    outcome->runs++;
    outcome->seconds += (double)run->time_ns / 1e9;
    outcome->steps += (double)run->finding.step_count;
    if (latency != NULL) {
        outcome->held_nothing += latency->low <= 0;
        outcome->covered += latency->low <= truth && truth <= latency->high;
    }
    if (latency == NULL || !isfinite(latency->high) || latency->low <= 0) {
        outcome->open++;
        return;
    }
    outcome->above += latency->low > truth;
    outcome->below += latency->high < truth;
    outcome->width += latency->high / latency->low - 1;
    outcome->halved += latency->high < 0.75 * truth;
    if (!isnan(latency->capacity)) {
        double off = latency->capacity / truth - 1;
        outcome->estimated++;
        outcome->bias += off;
        outcome->spread += off * off;
    }
}

/* A line of the table: what the certainty costs, and what it is worth. */
static void print(const struct kind *kind, const struct outcome *outcome)
{
    print_message("%s, %u trial%s of %.0f/s within %.0f ms, %u runs: %.0f steps, %.0f s of load",
                  profile_name(kind->profile), kind->trials, kind->trials > 1 ? "s" : "", kind->mu, kind->limit_s * 1e3,
                  outcome->runs, outcome->steps / outcome->runs, outcome->seconds / outcome->runs);
    print_message("; interval holds the truth in %.0f %% (above it in %u, below it in %u, open in %u)",
                  100.0 * outcome->covered / outcome->runs, outcome->above, outcome->below, outcome->open);
    if (outcome->open < outcome->runs) {
        print_message(", %.0f %% wide", 100 * outcome->width);
    }
    if (outcome->estimated > 0) {
        print_message("; bias %+.1f %%, spread %.1f %% in %u estimates", 100 * outcome->bias, 100 * outcome->spread,
                      outcome->estimated);
    }
    for (int limit = 0; limit < LIMIT_COUNT; limit++) {
        if (outcome->first[limit] > 0) {
            print_message("; %s first in %u", limit_name((enum limit)limit), outcome->first[limit]);
        }
    }
    print_message("\n");
}

static struct outcome simulate(const struct kind *kind, unsigned count)
{
    struct outcome outcome = {0};

    for (unsigned i = 0; i < count; i++) {
        struct scenario scenario = scenario_of(kind, i);
        struct service_model model = model_of(kind);
        struct simulated_run run;
        simulated_run_make(&run, &scenario, kind->profile, kind->trials, &model, i + 1);
        add(&outcome, &run, truth_of(kind), kind->other.admitted_rps);
        simulated_run_release(&run);
    }
    outcome.bias /= outcome.estimated;
    outcome.spread = sqrt(outcome.spread / outcome.estimated - outcome.bias * outcome.bias);
    outcome.width /= outcome.runs - outcome.open;
    print(kind, &outcome);
    return outcome;
}

/* Of `count` runs, the most that may miss where one in ten misses: beyond that lies one run of the test in 10,000. */
static unsigned misses_most(unsigned count)
{
    return (unsigned)(0.1 * count + 3.7 * sqrt(0.09 * count) + 0.5);
}

static void check_capacity(const struct kind *kind, unsigned count)
{
    struct outcome outcome = simulate(kind, count);
    double chance = 3.7 * outcome.spread / sqrt(outcome.estimated);

    assert_true(outcome.estimated >= outcome.runs - misses_most(outcome.runs));
    assert_true(fabs(outcome.bias) < 0.03 + chance);
    assert_true(outcome.runs - outcome.covered <= misses_most(outcome.runs));
    assert_true(outcome.first[LIMIT_LATENCY] >= outcome.runs - misses_most(outcome.runs));
}

TEST(a_standard_run_finds_the_capacity_of_a_fast_service)
{
    check_capacity(&(struct kind){1000, 0.05, PROFILE_STANDARD, 1, 0, {0}}, asked_runs(RUNS_USUAL));
}

TEST(a_standard_run_finds_the_capacity_of_a_slow_service)
{
    check_capacity(&(struct kind){100, 0.5, PROFILE_STANDARD, 1, 0, {0}}, asked_runs(RUNS_USUAL));
}

TEST(a_rigorous_run_finds_the_capacity_of_a_slow_service)
{
    check_capacity(&(struct kind){100, 0.5, PROFILE_RIGOROUS, 6, 0, {0}}, asked_runs(RUNS_USUAL));
}

/* Two million requests a run. */
TEST(a_rigorous_run_finds_the_capacity_of_a_fast_service)
{
    check_capacity(&(struct kind){1000, 0.05, PROFILE_RIGOROUS, 6, 0, {0}}, asked_runs(RUNS_USUAL) / 4);
}

TEST(a_quick_run_says_only_between)
{
    struct outcome outcome = simulate(&(struct kind){1000, 0.05, PROFILE_QUICK, 1, 0, {0}}, asked_runs(RUNS_USUAL));

    assert_int_equal(outcome.estimated, 0);
    assert_true(outcome.runs - outcome.covered <= misses_most(outcome.runs));
}

/* One step in twenty stalls for 120 ms. By the rule that the lowest break counts, that halved one capacity in five. */
TEST(stalls_are_no_capacity)
{
    struct outcome outcome =
        simulate(&(struct kind){1000, 0.05, PROFILE_STANDARD, 1, 0.05, {0}}, asked_runs(RUNS_USUAL));

    assert_true(outcome.halved <= 1 + outcome.runs / 50);
    assert_true(outcome.runs - outcome.covered <= misses_most(outcome.runs));
}

/* It refuses what comes faster than 1,000/s and could serve four times as much. With Poisson arrivals its bucket of 100
 * is empty now and then from about nine tenths of that on. */
TEST(a_service_that_refuses_breaks_first_by_its_errors)
{
    const struct kind kind = {4000, 0.05, PROFILE_STANDARD, 1, 0, {.admitted_rps = 1000, .admitted_burst = 100}};
    struct outcome outcome = simulate(&kind, asked_runs(RUNS_USUAL));

    assert_true(outcome.first[LIMIT_ERRORS] >= outcome.runs - misses_most(outcome.runs));
    assert_int_equal(outcome.first[LIMIT_LATENCY], 0);
    assert_true(outcome.shed >= outcome.runs - misses_most(outcome.runs));
}

TEST(a_service_that_dies_breaks_first_by_its_crash)
{
    const struct kind kind = {1000, 0.05, PROFILE_STANDARD, 1, 0, {.crash_after = 4000}};
    struct outcome outcome = simulate(&kind, asked_runs(RUNS_USUAL));

    assert_int_equal(outcome.first[LIMIT_CRASH], outcome.runs);
}

/* For its first 15 s all work takes eight times as long, so that the first climb ends far too low. */
TEST(a_cold_service_is_climbed_again_warm)
{
    const struct kind kind = {1000, 0.05, PROFILE_STANDARD, 1, 0, {.cold_ns = 15 * CLOCK_SECOND_NS, .cold_factor = 8}};

    check_capacity(&kind, asked_runs(RUNS_USUAL));
}

/* It stops for 200 ms every 2 s of its life, at any load: a tenth of all requests is late. A step of a quick run may
 * lie between two stops, and holds. */
TEST(a_service_that_pauses_holds_nothing)
{
    const struct kind kind = {1000, 0.05, PROFILE_QUICK,
                              1,    0,    {.pause_every_ns = 2 * CLOCK_SECOND_NS, .pause_ns = CLOCK_SECOND_NS / 5}};
    struct kind standard = kind;
    struct outcome quick = simulate(&kind, asked_runs(RUNS_USUAL));

    standard.profile = PROFILE_STANDARD;
    assert_true(quick.held_nothing >= quick.runs - misses_most(quick.runs));
    assert_int_equal(simulate(&standard, asked_runs(RUNS_USUAL)).held_nothing, asked_runs(RUNS_USUAL));
}
