#include "plan/plan.h"

#include "base/mem.h"
#include "base/random.h"
#include "base/units.h"

#include <inttypes.h>
#include <stdlib.h>

/* Streams of the scenario's seed: one a step, and one that no step has. */
static const uint64_t order_stream = UINT64_MAX;

static void make_step(struct planned_step *step, unsigned index, const struct scenario *scenario, enum profile profile)
{
    struct random random;

    random_init(&random, scenario->seed, index);
    step->index = index;
    step->level = scenario->from << index;
    step->rate = scenario->doubling == DOUBLING_RATE ? step->level : scenario->rate;
    step->connections = scenario->doubling == DOUBLING_CONNECTIONS ? step->level : 0;
    step->seed = random_next(&random);
    step->settle_ns = profile_settle_ns(profile, scenario->settle_ns);
    step->measure_ns = profile_measure_ns(profile, scenario->measure_ns);
}

static void shuffle(size_t *block, size_t count, struct random *random)
{
    for (size_t i = 0; i < count; i++) {
        block[i] = i;
    }
    for (size_t i = count; i > 1; i--) {
        size_t other = random_below(random, i);
        size_t held = block[i - 1];
        block[i - 1] = block[other];
        block[other] = held;
    }
}

void plan_make(struct plan *plan, const struct scenario *scenario, const struct plan_options *options)
{
    struct random random;

    plan->step_count = scenario->steps;
    plan->steps = mem_new(plan->step_count, sizeof *plan->steps);
    for (unsigned i = 0; i < scenario->steps; i++) {
        make_step(&plan->steps[i], i, scenario, options->profile);
    }
    plan->trial_count = options->trial_count;
    plan->backend_count = options->backend_count;
    plan->order = mem_new(plan->trial_count, plan->backend_count * sizeof *plan->order);
    random_init(&random, scenario->seed, order_stream);
    for (size_t trial = 0; trial < plan->trial_count; trial++) {
        shuffle(plan->order + trial * plan->backend_count, plan->backend_count, &random);
    }
}

void plan_release(struct plan *plan)
{
    free(plan->steps);
    free(plan->order);
    *plan = (struct plan){0};
}

uint64_t plan_longest_ns(const struct plan *plan, const struct scenario *scenario)
{
    uint64_t ladder_ns = 0;
    uint64_t all_ns;

    for (size_t i = 0; i < plan->step_count; i++) {
        ladder_ns += plan->steps[i].settle_ns + plan->steps[i].measure_ns + scenario->deadline_ns;
    }
    if (__builtin_mul_overflow(ladder_ns, (uint64_t)plan->trial_count, &all_ns) ||
        __builtin_mul_overflow(all_ns, (uint64_t)plan->backend_count, &all_ns)) {
        return UINT64_MAX;
    }
    return all_ns;
}

/* ---- for people ---- */

static void describe_load(const struct scenario *scenario, struct text *out)
{
    char rate[UNITS_TEXT];
    const char *arrivals = scenario->arrivals == ARRIVALS_POISSON ? "poisson" : "even";

    text_format(out, "%s: %s\n", scenario->name, scenario->why);
    if (scenario->doubling == DOUBLING_RATE) {
        text_format(out, "open load, %s arrivals; the requests per second double\n", arrivals);
    } else if (scenario->doubling == DOUBLING_CONNECTIONS) {
        text_add(out, "closed load; the connections double, each sends its next request when the last is answered\n");
    } else {
        units_write_count(rate, scenario->rate);
        text_format(out, "open load, %s arrivals, %s requests/s; the value \"%s\" doubles\n", arrivals, rate,
                    scenario->traffic.values[scenario->doubled_value].name);
    }
}

static void describe_step(const struct planned_step *step, struct text *out)
{
    char level[UNITS_TEXT];
    char requests[UNITS_TEXT] = "as answered";
    char settle[UNITS_TEXT];
    char measure[UNITS_TEXT];
    double seconds = (double)(step->settle_ns + step->measure_ns) / 1e9;

    units_write_count(level, step->level);
    units_write_duration(settle, step->settle_ns);
    units_write_duration(measure, step->measure_ns);
    if (step->rate > 0) {
        units_write_count(requests, (uint64_t)((double)step->rate * seconds + 0.5));
    }
    text_format(out, "%4u  %12s  %14s  %9s  %9s\n", step->index + 1, level, requests, settle, measure);
}

static const char *level_heading(const struct scenario *scenario)
{
    switch (scenario->doubling) {
    case DOUBLING_RATE:
        return "requests/s";
    case DOUBLING_CONNECTIONS:
        return "connections";
    default:
        return scenario->traffic.values[scenario->doubled_value].name;
    }
}

void plan_describe(const struct plan *plan, const struct scenario *scenario, struct text *out)
{
    char deadline[UNITS_TEXT];
    char longest[UNITS_TEXT];

    describe_load(scenario, out);
    text_format(out, "\nstep  %12s  %14s  %9s  %9s\n", level_heading(scenario), "requests", "settle", "measure");
    for (size_t i = 0; i < plan->step_count; i++) {
        describe_step(&plan->steps[i], out);
    }
    units_write_duration(deadline, scenario->deadline_ns);
    units_write_duration(longest, plan_longest_ns(plan, scenario));
    text_format(out, "\n%zu backend%s, %zu trial%s each: at most %s, with up to %s after each step for late answers\n",
                plan->backend_count, plan->backend_count == 1 ? "" : "s", plan->trial_count,
                plan->trial_count == 1 ? "" : "s", longest, deadline);
}
