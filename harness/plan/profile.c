#include "plan/profile.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define SECOND_NS UINT64_C(1000000000)

static const struct terms {
    const char *name;
    unsigned trials;
    double width;
    unsigned repeats, search_more;
    uint64_t beyond;     /* requests that a step should hold beyond the percentile that is limited */
    uint64_t most_ns;    /* the longest measured time for their sake, */
    unsigned most_times; /* or so many times the scenario's, whichever is more */
} terms[PROFILE_COUNT] = {
    [PROFILE_QUICK] = {"quick", 1, 0, 4, 0, 12, 6 * SECOND_NS, 1},
    [PROFILE_STANDARD] = {"standard", 1, 0.10, 8, 3, 50, 10 * SECOND_NS, 4},
    [PROFILE_RIGOROUS] = {"rigorous", 6, 0.05, 12, 4, 50, 20 * SECOND_NS, 8},
};

static const uint64_t quick_warmup_ns = UINT64_C(250000000);
static const uint64_t quick_measure_ns = UINT64_C(1000000000);

/* The share of requests beyond the percentile by which a step's length goes: that of p99 at least, or steps would have
 * no end, and that of p95 at most, or a step would be over before it has met what varies in a second. */
static const double least_tail = 0.01, most_tail = 0.05;

const char *profile_name(enum profile profile)
{
    assert(profile < PROFILE_COUNT);
    return terms[profile].name;
}

int profile_read(enum profile *profile, const char *name, struct error *err)
{
    for (int i = 0; i < PROFILE_COUNT; i++) {
        if (strcmp(name, terms[i].name) == 0) {
            *profile = (enum profile)i;
            return 0;
        }
    }
    return error_input(err, "expected quick, standard or rigorous, found \"%.100s\"", name);
}

unsigned profile_trials(enum profile profile)
{
    assert(profile < PROFILE_COUNT);
    return terms[profile].trials;
}

unsigned profile_repeats(enum profile profile)
{
    assert(profile < PROFILE_COUNT);
    return terms[profile].repeats;
}

unsigned profile_search_more(enum profile profile)
{
    assert(profile < PROFILE_COUNT);
    return terms[profile].search_more;
}

double profile_width(enum profile profile)
{
    assert(profile < PROFILE_COUNT);
    return terms[profile].width;
}

/* A quarter, but not below what still says something, and never more than was asked for. */
static uint64_t shorten(uint64_t ns, uint64_t least_ns)
{
    uint64_t quarter_ns = ns / 4 > least_ns ? ns / 4 : least_ns;
    return quarter_ns < ns ? quarter_ns : ns;
}

uint64_t profile_warmup_ns(enum profile profile, uint64_t scenario_ns)
{
    return profile == PROFILE_QUICK ? shorten(scenario_ns, quick_warmup_ns) : scenario_ns;
}

static uint64_t profile_time(enum profile profile, uint64_t scenario_ns)
{
    switch (profile) {
    case PROFILE_QUICK:
        return shorten(scenario_ns, quick_measure_ns);
    case PROFILE_RIGOROUS:
        return 2 * scenario_ns;
    default:
        return scenario_ns;
    }
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Whole requests for so many beyond, or failed, where such a share of them may be. */
static uint64_t requests_for(double many, double share)
{
    return (uint64_t)ceil(many / share - 1e-6);
}

uint64_t profile_requests(enum profile profile, const struct limits *limits)
{
    double beyond = (double)terms[profile].beyond;
    double tail = limits->latency_ns == 0 ? least_tail : 1 - limits->percentile;
    uint64_t requests, failures;

    assert(profile < PROFILE_COUNT);
    tail = fmin(fmax(tail, least_tail), most_tail);
    requests = requests_for(beyond, tail);
    if (limits->error_share > 0) {
        failures = requests_for(beyond / 10, limits->error_share);
        requests = larger(requests, failures);
    }
    return requests < requests_for(beyond, least_tail) ? requests : requests_for(beyond, least_tail);
}

uint64_t profile_measure_ns(enum profile profile, uint64_t scenario_ns, uint64_t rate, uint64_t requests)
{
    const struct terms *own = &terms[profile];
    uint64_t time_ns = profile_time(profile, scenario_ns), needed_ns = 0;

    assert(profile < PROFILE_COUNT);
    if (rate > 0) {
        uint64_t most_ns = larger(own->most_ns, own->most_times * scenario_ns);
        needed_ns = (requests * SECOND_NS + rate - 1) / rate;
        needed_ns = needed_ns < most_ns ? needed_ns : most_ns;
    }
    return larger(time_ns, needed_ns);
}
