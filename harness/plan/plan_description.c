#include "base/units.h"
#include "plan/plan.h"
#include "plan/scenario/slow_pace.h"
#include "plan/traffic/session_description.h"

static void describe_load(const struct scenario *scenario, struct text *out)
{
    char rate[UNITS_TEXT];
    const char *arrivals = scenario->arrivals == ARRIVALS_POISSON ? "poisson" : "even";

    text_format(out, "%s: %s\n", scenario->name, scenario->why);
    if (scenario->doubling == DOUBLING_RATE) {
        text_format(out, "open load, %s arrivals; the requests per second double\n", arrivals);
    } else if (scenario->doubling == DOUBLING_CONNECTIONS) {
        text_add(
            out,
            "closed load; the connections double, each sends its next request when it has the response to its last\n");
    } else if (scenario->doubling == DOUBLING_SESSIONS) {
        text_format(out, "open load, %s arrivals; the users per second double, each walks a session\n", arrivals);
    } else if (scenario->doubling == DOUBLING_SUBSCRIBERS) {
        text_add(out, "streams of events; the subscribers double, to each of whom a message is due at every second\n");
    } else if (scenario->doubling == DOUBLING_OPEN) {
        units_write_count(rate, scenario->rate);
        text_format(out, "open load, %s arrivals, %s requests/s; the connections kept open double, used in turn\n",
                    arrivals, rate);
    } else if (scenario->doubling == DOUBLING_SLOW) {
        units_write_count(rate, scenario->rate);
        text_format(out, "open load, %s arrivals, %s requests/s; the slow connections beside it double: each ",
                    arrivals, rate);
        slow_pace_describe(&scenario->slow, &scenario->traffic, out);
        text_add(out, "\n");
    } else {
        units_write_count(rate, scenario->rate);
        text_format(out, "open load, %s arrivals, %s requests/s; the value \"%s\" doubles\n", arrivals, rate,
                    scenario->traffic.values[scenario->doubled_value].name);
    }
    if (scenario->variable != NULL) {
        text_format(out, "each level has a fresh process, which is started with it in the variable %s\n",
                    scenario->variable);
    }
}

static void describe_sessions(const struct scenario *scenario, struct text *out)
{
    const struct traffic *traffic = &scenario->traffic;
    char most[UNITS_TEXT];

    if (traffic->session_count == 0) {
        return;
    }
    for (size_t i = 0; i < traffic->session_count; i++) {
        text_add(out, "  ");
        session_describe(traffic, &traffic->sessions[i], out);
        text_add(out, "\n");
    }
    units_write_count(most, scenario->sessions_most);
    text_format(out, "a user sends %.3g requests in the mean; at most %s sessions are under way at once\n",
                user_session_requests(traffic->sessions, traffic->session_count), most);
}

static void describe_spikes(const struct scenario *scenario, struct text *out)
{
    if (scenario->spikes > 0) {
        text_format(out, "in each step the rate doubles at once and falls back, %u time%s\n", scenario->spikes,
                    scenario->spikes == 1 ? "" : "s");
    }
}

static void describe_limits(const struct scenario *scenario, struct text *out)
{
    text_add(out, "must hold at every step: ");
    limits_describe(&scenario->limits, out);
    text_add(out, "\n");
    for (size_t i = 0; i < scenario->request_limits.count; i++) {
        const struct request_limits *own = &scenario->request_limits.items[i];
        text_format(out, "    %s by itself: ", scenario->traffic.requests[own->request].name);
        limits_describe(&own->limits, out);
        text_add(out, "\n");
    }
}

static void describe_step(const struct planned_step *step, struct text *out)
{
    char level[UNITS_TEXT];
    char requests[UNITS_TEXT] = "as served";
    char warmup[UNITS_TEXT];
    char measure[UNITS_TEXT];
    double spikes = (double)step->measure_ns * step->spikes / (2 * step->spikes + 1);
    double seconds = ((double)(step->warmup_ns + step->measure_ns) + spikes) / 1e9; /* as if it were flat */

    units_write_count(level, step->level);
    units_write_duration(warmup, step->warmup_ns);
    units_write_duration(measure, step->measure_ns);
    if (step->rate > 0) {
        units_write_count(requests, (uint64_t)((double)step->rate * seconds + 0.5));
    }
    text_format(out, "%4u  %12s  %14s  %9s  %9s\n", step->index + 1, level, requests, warmup, measure);
}

static void describe_soak(const struct plan *plan, const struct scenario *scenario, struct text *out)
{
    struct planned_step step;
    char share[UNITS_TEXT];
    char warmup[UNITS_TEXT];
    char measure[UNITS_TEXT];

    if (scenario->soak.share <= 0) {
        return;
    }
    plan_soak_step(plan, scenario, scenario->from, &step);
    units_write_share(share, scenario->soak.share);
    units_write_duration(warmup, step.warmup_ns);
    units_write_duration(measure, step.measure_ns);
    text_format(out,
                "then %s of the highest level that held, steady, for %s after a warm-up of %s: does its memory grow\n",
                share, measure, warmup);
}

/* What follows the ladder. */
static void describe_rest(const struct plan *plan, const struct scenario *scenario, struct text *out)
{
    char level[UNITS_TEXT];
    char measure[UNITS_TEXT];
    unsigned steps = plan_search_steps(plan);

    units_write_count(level, plan->recovery.level);
    units_write_duration(measure, plan->recovery.measure_ns);
    text_add(out, "\n");
    if (plan_has_recovery(scenario)) {
        text_format(out, "then %s again for %s: does it recover, and what memory does it keep\n", level, measure);
    }
    if (steps > 0) {
        text_format(
            out, "then up to %u steps between the highest load that held and the lowest that broke, to within %g %%\n",
            steps, profile_width(plan->profile) * 100);
    } else {
        text_format(out, "no search between the loads (%s)\n", profile_name(plan->profile));
    }
    text_format(out, "up to %u runs of a load once more, to confirm a break or to decide what one run does not\n",
                profile_repeats(plan->profile));
    describe_soak(plan, scenario, out);
}

static const char *level_heading(const struct scenario *scenario)
{
    switch (scenario->doubling) {
    case DOUBLING_RATE:
        return "requests/s";
    case DOUBLING_CONNECTIONS:
    case DOUBLING_OPEN:
        return "connections";
    case DOUBLING_SLOW:
        return "slow connections";
    case DOUBLING_SESSIONS:
        return "users/s";
    case DOUBLING_SUBSCRIBERS:
        return "subscribers";
    default:
        return scenario->traffic.values[scenario->doubled_value].name;
    }
}

static void describe_spare(const struct plan *plan, const struct scenario *scenario, struct text *out)
{
    char longest[UNITS_TEXT];

    if (plan->spare_count > 0) {
        units_write_duration(longest, plan_spare_ns(plan, scenario));
        text_format(
            out, "where steps stay invalid, up to %zu more trials each, until %zu of them are whole: at most %s more\n",
            plan->spare_count, plan->trial_count, longest);
    }
}

void plan_describe(const struct plan *plan, const struct scenario *scenario, struct text *out)
{
    char deadline[UNITS_TEXT];
    char longest[UNITS_TEXT];

    describe_load(scenario, out);
    describe_sessions(scenario, out);
    describe_spikes(scenario, out);
    describe_limits(scenario, out);
    text_format(out, "\nstep  %12s  %14s  %9s  %9s\n", level_heading(scenario), "requests", "warm-up", "measure");
    for (size_t i = 0; i < plan->step_count; i++) {
        describe_step(&plan->steps[i], out);
    }
    describe_rest(plan, scenario, out);
    units_write_duration(deadline, scenario->deadline_ns);
    units_write_duration(longest, plan_longest_ns(plan, scenario));
    text_format(out, "%zu backend%s, %zu trial%s each: at most %s, with up to %s after each step for late responses\n",
                plan->backend_count, plan->backend_count == 1 ? "" : "s", plan->trial_count,
                plan->trial_count == 1 ? "" : "s", longest, deadline);
    describe_spare(plan, scenario, out);
}
