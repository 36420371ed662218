#include "plan/plan.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/random.h"
#include "plan/order.h"

#include <math.h>
#include <stdlib.h>

/* Streams of the scenario's seed: one a step of the ladder from 0 on, one a level of a search, and three that no step
 * has.
 */
static const uint64_t search_streams = UINT64_C(1) << 32;
static const uint64_t soak_stream = UINT64_MAX - 2;
static const uint64_t recovery_stream = UINT64_MAX - 1;
static const uint64_t order_stream = UINT64_MAX;

/* From how many trials on there are spare blocks: fewer are no comparison that a block more would save. */
enum { SPARE_FROM = 6 };

/* Intervals of a step's measured part; a recovery, and a step with faults, is looked at ten times a second and a soak
 * once, but never in fewer. */
enum { STEP_INTERVALS = 20, LONG_INTERVALS_MOST = 200 };
static const uint64_t recovery_interval_ns = UINT64_C(100000000);
static const uint64_t soak_interval_ns = UINT64_C(1000000000);
static const uint64_t recovery_most_ns = UINT64_C(20000000000);

/* How long to wait for the responses of a closed step before its silent connections are dropped. */
static const uint64_t drain_limit_ns = UINT64_C(5000000000);

/* Opening a connection costs both sides time, beside the requests that go on; and users of all steps are only there
 * when sessions have lasted as long as they do: in warm-up, whatever the profile. */
static const uint64_t opening_ns = UINT64_C(200000);

static uint64_t warmup_of(const struct scenario *scenario, uint64_t warmup_ns, uint64_t level)
{
    uint64_t least_ns = 0;

    if (scenario->doubling == DOUBLING_OPEN || scenario->doubling == DOUBLING_SUBSCRIBERS) {
        least_ns = level * opening_ns;
    } else if (scenario->doubling == DOUBLING_SLOW) {
        least_ns = SLOW_OPENING_PARTS * level * opening_ns;
    } else if (scenario->doubling == DOUBLING_SESSIONS) {
        least_ns = user_session_think_ns(scenario->traffic.sessions, scenario->traffic.session_count);
    }
    return least_ns < warmup_ns ? warmup_ns : least_ns;
}

/* A fresh process compiles what it runs and opens its pools. So the warm-up of a ladder's first step, and of all steps
 * that have a process of their own, is at least this or the measured time of the scenario's steps, whichever is less,
 * whatever the profile and the service. */
static const uint64_t first_warmup_ns = UINT64_C(4000000000);

static void lengthen_warmup(struct planned_step *fresh, const struct scenario *scenario)
{
    uint64_t least_ns = scenario->measure_ns < first_warmup_ns ? scenario->measure_ns : first_warmup_ns;

    if (fresh->warmup_ns < least_ns) {
        fresh->warmup_ns = least_ns;
    }
}

/* The rate of the rarest requests whose latency is limited by itself, which have to be enough for that; else of all. */
static uint64_t judged_rate(const struct scenario *scenario, uint64_t rate)
{
    const struct traffic *traffic = &scenario->traffic;
    uint64_t rarest = rate;

    for (size_t i = 0; i < scenario->request_limits.count && rate > 0; i++) {
        const struct request_limits *own = &scenario->request_limits.items[i];
        uint64_t of_it = (uint64_t)((double)rate * traffic_share(traffic, own->request));
        if (own->limits.latency_ns > 0 && of_it < rarest) {
            rarest = of_it > 0 ? of_it : 1;
        }
    }
    return rarest;
}

/* What so many users a second send in the mean: one request at least. */
static uint64_t rate_of_users(const struct scenario *scenario, uint64_t users)
{
    const struct traffic *traffic = &scenario->traffic;
    return (uint64_t)((double)users * user_session_requests(traffic->sessions, traffic->session_count) + 0.5);
}

static size_t intervals_of(uint64_t measure_ns, uint64_t interval_ns)
{
    size_t intervals = measure_ns / interval_ns;

    if (intervals < STEP_INTERVALS) {
        return STEP_INTERVALS;
    }
    return intervals < LONG_INTERVALS_MOST ? intervals : LONG_INTERVALS_MOST;
}

/* One message is due to each subscriber in each interval of one second, whatever fraction of a second it begins at. */
static void whole_seconds(struct planned_step *step)
{
    uint64_t seconds = (step->measure_ns + CLOCK_SECOND_NS - 1) / CLOCK_SECOND_NS;

    step->measure_ns = seconds * CLOCK_SECOND_NS;
    step->interval_count = seconds < LONG_INTERVALS_MOST ? seconds : LONG_INTERVALS_MOST;
}

static void make_step(struct planned_step *step, const struct scenario *scenario, enum profile profile, uint64_t level)
{
    step->level = level;
    step->rate = scenario->rate;
    step->rate_ns = 0;
    step->connections = 0;
    step->users = 0;
    step->slow_connections = 0;
    step->subscribers = 0;
    if (scenario->doubling == DOUBLING_RATE) {
        step->rate = level;
    } else if (scenario->doubling == DOUBLING_SESSIONS) {
        step->users = level;
        step->rate = rate_of_users(scenario, level);
    } else if (scenario->doubling == DOUBLING_SLOW) {
        step->slow_connections = level;
        step->slow = scenario->slow;
    } else if (scenario->doubling == DOUBLING_SUBSCRIBERS) {
        step->rate = step->connections = step->subscribers = level;
    } else if (scenario->doubling != DOUBLING_VALUE) {
        step->connections = level;
    }
    step->warmup_ns = warmup_of(scenario, profile_warmup_ns(profile, scenario->warmup_ns), level);
    step->measure_ns = profile_measure_ns(profile, scenario->measure_ns, judged_rate(scenario, step->rate),
                                          profile_requests(profile, &scenario->limits));
    step->drain_limit_ns = drain_limit_ns;
    step->arrivals = scenario->arrivals;
    step->spikes = scenario->spikes;
    step->interval_count = STEP_INTERVALS;
    if (scenario->doubling == DOUBLING_SUBSCRIBERS) {
        whole_seconds(step);
    }
    if (scenario->variable != NULL) {
        lengthen_warmup(step, scenario);
    }
    if (scenario_has_faults(scenario)) {
        step->interval_count = intervals_of(step->measure_ns, recovery_interval_ns);
    }
}

static uint64_t drawn(uint64_t seed, uint64_t stream)
{
    struct random random;

    random_init(&random, seed, stream);
    return random_next(&random);
}

uint64_t plan_step_seed(const struct scenario *scenario, uint64_t stream, unsigned trial, unsigned attempt)
{
    return drawn(drawn(scenario->seed, stream), (uint64_t)trial << 32 | attempt);
}

void plan_seed_step(const struct scenario *scenario, unsigned trial, unsigned attempt, struct planned_step *step)
{
    step->seed = plan_step_seed(scenario, step->stream, trial, attempt);
}

static void number_step(struct planned_step *step, const struct scenario *scenario, uint64_t stream)
{
    step->stream = stream;
    plan_seed_step(scenario, 0, 0, step);
}

/* Twice the time of a step, but not for ever where steps are long. */
static uint64_t longer(uint64_t ns)
{
    return 2 * ns < recovery_most_ns ? 2 * ns : recovery_most_ns;
}

static void make_recovery(struct plan *plan, const struct scenario *scenario)
{
    struct planned_step *step = &plan->recovery;

    make_step(step, scenario, plan->profile, scenario->from);
    number_step(step, scenario, recovery_stream);
    step->index = 0;
    step->warmup_ns = 0;
    step->spikes = 0;
    step->measure_ns = longer(profile_measure_ns(plan->profile, scenario->measure_ns, 0, 0));
    step->interval_count = intervals_of(step->measure_ns, recovery_interval_ns);
    if (step->subscribers > 0) {
        whole_seconds(step);
    }
}

void plan_search_step(const struct plan *plan, const struct scenario *scenario, unsigned number, uint64_t level,
                      struct planned_step *ret_step)
{
    struct planned_step step = {.index = (unsigned)plan->step_count + number};

    make_step(&step, scenario, plan->profile, level);
    number_step(&step, scenario, search_streams + level);
    *ret_step = step;
}

void plan_soak_step(const struct plan *plan, const struct scenario *scenario, uint64_t holds,
                    struct planned_step *ret_step)
{
    struct planned_step step = {0};
    uint64_t level = (uint64_t)((double)holds * scenario->soak.share + 0.5);

    make_step(&step, scenario, plan->profile, level > 0 ? level : 1);
    number_step(&step, scenario, soak_stream);
    step.spikes = 0;
    step.warmup_ns = warmup_of(scenario, profile_warmup_ns(plan->profile, scenario->soak.warmup_ns), step.level);
    step.measure_ns = profile_measure_ns(plan->profile, scenario->soak.measure_ns, 0, 0);
    step.interval_count = intervals_of(step.measure_ns, soak_interval_ns);
    if (step.subscribers > 0) {
        whole_seconds(&step);
    }
    *ret_step = step;
}

void plan_make(struct plan *plan, const struct scenario *scenario, const struct plan_options *options)
{
    struct random random;

    plan->profile = options->profile;
    plan->step_count = scenario->steps;
    plan->steps = mem_new(plan->step_count, sizeof *plan->steps);
    for (unsigned i = 0; i < scenario->steps; i++) {
        make_step(&plan->steps[i], scenario, options->profile, scenario->from << i);
        plan->steps[i].index = i;
        number_step(&plan->steps[i], scenario, i);
    }
    lengthen_warmup(&plan->steps[0], scenario);
    make_recovery(plan, scenario);
    plan->trial_count = options->trial_count;
    plan->backend_count = options->backend_count;
    plan->spare_count = plan->trial_count >= SPARE_FROM ? plan->trial_count / 3 : 0;
    plan->order = mem_new(plan->trial_count + plan->spare_count, plan->backend_count * sizeof *plan->order);
    random_init(&random, scenario->seed, order_stream);
    order_make(plan->order, plan->trial_count + plan->spare_count, plan->backend_count, &random);
}

void plan_release(struct plan *plan)
{
    free(plan->steps);
    free(plan->order);
    *plan = (struct plan){0};
}

static uint64_t step_ns(const struct planned_step *step, const struct scenario *scenario)
{
    return step->warmup_ns + step->measure_ns + scenario->deadline_ns;
}

/* Steps at a low rate last longer, as do those that open many connections. */
static uint64_t longest_step_ns(const struct plan *plan, const struct scenario *scenario)
{
    uint64_t longest_ns = 0;

    for (size_t i = 0; i < plan->step_count; i++) {
        uint64_t ns = step_ns(&plan->steps[i], scenario);
        longest_ns = ns > longest_ns ? ns : longest_ns;
    }
    return longest_ns;
}

/* Each step of a search halves the ratio on its logarithmic scale, from one doubling down to the width. */
static unsigned halvings(double width)
{
    double ratio = 2;
    unsigned count = 0;

    while (ratio > 1 + width) {
        ratio = sqrt(ratio);
        count++;
    }
    return count;
}

unsigned plan_search_steps(const struct plan *plan)
{
    double width = profile_width(plan->profile);
    return width > 0 ? halvings(width) + profile_search_more(plan->profile) : 0;
}

bool plan_has_recovery(const struct scenario *scenario)
{
    return scenario->variable == NULL;
}

uint64_t plan_search_ns(const struct plan *plan, const struct scenario *scenario)
{
    return plan_search_steps(plan) * longest_step_ns(plan, scenario);
}

uint64_t plan_repeats_ns(const struct plan *plan, const struct scenario *scenario)
{
    return profile_repeats(plan->profile) * longest_step_ns(plan, scenario);
}

uint64_t plan_soak_ns(const struct plan *plan, const struct scenario *scenario)
{
    struct planned_step step;

    if (scenario->soak.share <= 0) {
        return 0;
    }
    plan_soak_step(plan, scenario, plan->steps[plan->step_count - 1].level, &step);
    return step_ns(&step, scenario);
}

uint64_t plan_trial_ns(const struct plan *plan, const struct scenario *scenario)
{
    uint64_t trial_ns = plan_search_ns(plan, scenario) + plan_repeats_ns(plan, scenario) + plan_soak_ns(plan, scenario);

    if (plan_has_recovery(scenario)) {
        trial_ns += step_ns(&plan->recovery, scenario);
    }

    for (size_t i = 0; i < plan->step_count; i++) {
        trial_ns += step_ns(&plan->steps[i], scenario);
    }
    return trial_ns;
}

static uint64_t blocks_ns(const struct plan *plan, const struct scenario *scenario, size_t blocks)
{
    uint64_t all_ns;

    if (__builtin_mul_overflow(plan_trial_ns(plan, scenario), (uint64_t)blocks, &all_ns) ||
        __builtin_mul_overflow(all_ns, (uint64_t)plan->backend_count, &all_ns)) {
        return UINT64_MAX;
    }
    return all_ns;
}

uint64_t plan_longest_ns(const struct plan *plan, const struct scenario *scenario)
{
    return blocks_ns(plan, scenario, plan->trial_count);
}

uint64_t plan_spare_ns(const struct plan *plan, const struct scenario *scenario)
{
    return blocks_ns(plan, scenario, plan->spare_count);
}
