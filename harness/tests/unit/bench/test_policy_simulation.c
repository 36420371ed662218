/* The whole policy (ladder, repeats, search, decision) on services whose truth is known, in simulated time.
 * TWOFOLD_RUNS sets the number of runs of each kind: the suite makes few, `make truth-simulation` a thousand and prints
 * the table. */
#include "analysis/capacity/limit_order.h"
#include "base/clock.h"
#include "simulated_trial.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define RUNS_USUAL 24

static unsigned runs(void)
{
    const char *asked = getenv("TWOFOLD_RUNS");
    return asked != NULL ? (unsigned)strtoul(asked, NULL, 10) : RUNS_USUAL;
}

/* An M/M/1 service of `mu` requests/s keeps p99 within the limit up to mu - ln(100) / limit. */
struct kind {
    double mu, limit_s;
    enum profile profile;
    unsigned trials;
    double stall_chance;
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
    return (struct service_model){.queue = {.servers = 1,
                                            .shape = WORK_EXPONENTIAL,
                                            .mean_work_ns = 1e9 / kind->mu,
                                            .stall_chance = kind->stall_chance,
                                            .stall_ns = 120 * CLOCK_MILLISECOND_NS},
                                  .deadline_ns = (uint64_t)(20 * kind->limit_s * 1e9),
                                  .cpu_share = 1,
                                  .memory_bytes = 64e6};
}

/* What came of all runs of a kind. */
struct outcome {
    unsigned runs, estimated, covered, above, below, first_latency, open, halved;
    double bias, spread, width, seconds, steps;
};

static void add(struct outcome *outcome, const struct simulated_run *run, double truth)
{
    const struct limit_capacity *latency = limit_order_of(&run->finding, LIMIT_LATENCY);

    outcome->runs++;
    outcome->seconds += (double)run->time_ns / 1e9;
    outcome->steps += (double)run->finding.step_count;
    if (latency != NULL) {
        outcome->covered += latency->low <= truth && truth <= latency->high;
    }
    if (latency == NULL || !isfinite(latency->high) || latency->low <= 0) {
        outcome->open++;
        return;
    }
    outcome->above += latency->low > truth;
    outcome->below += latency->high < truth;
    outcome->width += latency->high / latency->low - 1;
    outcome->first_latency += limit_order_first(&run->finding) > 0 && run->finding.limits[0].limit == LIMIT_LATENCY;
    outcome->halved += latency->high < 0.75 * truth;
    if (!isnan(latency->capacity)) {
        double off = latency->capacity / truth - 1;
        outcome->estimated++;
        outcome->bias += off;
        outcome->spread += off * off;
    }
}

static struct outcome simulate(const struct kind *kind, unsigned count)
{
    struct outcome outcome = {0};

    for (unsigned i = 0; i < count; i++) {
        struct scenario scenario = scenario_of(kind, i);
        struct service_model model = model_of(kind);
        struct simulated_run run;
        simulated_run_make(&run, &scenario, kind->profile, kind->trials, &model, i + 1);
        add(&outcome, &run, truth_of(kind));
        simulated_run_release(&run);
    }
    outcome.bias /= outcome.estimated;
    outcome.spread = sqrt(outcome.spread / outcome.estimated - outcome.bias * outcome.bias);
    outcome.width /= outcome.runs - outcome.open;
    print_message(
        "mu %.0f/s, limit %.0f ms, %s, %u trial(s), %u runs: bias %+.1f %%, spread %.1f %%, interval holds the "
        "truth in %.0f %% (above it %u, below it %u; width %.0f %%), estimated in %u, open in %u, latency first in %u; "
        "%.0f steps and "
        "%.0f s of load a run\n",
        kind->mu, kind->limit_s * 1e3, profile_name(kind->profile), kind->trials, outcome.runs, 100 * outcome.bias,
        100 * outcome.spread, 100.0 * outcome.covered / outcome.runs, outcome.above, outcome.below, 100 * outcome.width,
        outcome.estimated, outcome.open, outcome.first_latency, outcome.steps / outcome.runs,
        outcome.seconds / outcome.runs);
    return outcome;
}

/* Of `count` runs, the most that may miss where one in ten misses: beyond that lies one run of the test in 10,000. */
static unsigned misses_most(unsigned count)
{
    return (unsigned)(0.1 * count + 3.7 * sqrt(0.09 * count) + 0.5);
}

static void check_capacity(const struct kind *kind)
{
    struct outcome outcome = simulate(kind, runs());
    double chance = 3.7 * outcome.spread / sqrt(outcome.estimated);

    assert_true(outcome.estimated >= outcome.runs - misses_most(outcome.runs));
    assert_true(fabs(outcome.bias) < 0.03 + chance);
    assert_true(outcome.runs - outcome.covered <= misses_most(outcome.runs));
    assert_true(outcome.first_latency >= outcome.runs - misses_most(outcome.runs));
}

TEST(a_standard_run_finds_the_capacity_of_a_fast_service)
{
    check_capacity(&(struct kind){1000, 0.05, PROFILE_STANDARD, 1, 0});
}

TEST(a_standard_run_finds_the_capacity_of_a_slow_service)
{
    check_capacity(&(struct kind){100, 0.5, PROFILE_STANDARD, 1, 0});
}

TEST(a_rigorous_run_finds_the_capacity_of_a_slow_service)
{
    check_capacity(&(struct kind){100, 0.5, PROFILE_RIGOROUS, 6, 0});
}

TEST(a_quick_run_says_only_between)
{
    struct outcome outcome = simulate(&(struct kind){1000, 0.05, PROFILE_QUICK, 1, 0}, runs());

    assert_int_equal(outcome.estimated, 0);
    assert_true(outcome.runs - outcome.covered <= misses_most(outcome.runs));
}

/* One step in twenty stalls for 120 ms. By the rule that the lowest break counts, that halved one capacity in five. */
TEST(stalls_are_no_capacity)
{
    struct outcome outcome = simulate(&(struct kind){1000, 0.05, PROFILE_STANDARD, 1, 0.05}, runs());

    assert_true(outcome.halved <= 1 + outcome.runs / 50);
    assert_true(outcome.runs - outcome.covered <= misses_most(outcome.runs));
}
