#include "analysis/forecast/forecast.h"

#include "analysis/usage/dependency_usage.h"
#include "analysis/usage/host_usage.h"
#include "analysis/usage/spikes.h"

#include <assert.h>
#include <math.h>

/* From where on a thread, or all cores together, count as full (as for a cause): sampling leaves a rest. */
#define FULL 0.90

static const struct forecast nothing = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

/* ---- what a step showed ---- */

/* The sum of resident sizes as far as it is real: pages that processes share count once. */
static double real_memory(const struct step_record *step, const struct host_usage *host)
{
    const struct memory_reading *memory = &step->memory;
    double real = memory->pss_bytes > 0 && memory->rss_bytes > 0
                      ? fmin(1, (double)memory->pss_bytes / (double)memory->rss_bytes)
                      : 1;
    return (double)host->rss_peak_bytes * real;
}

static void observe_dependency(const struct step_record *step, struct forecast *seen)
{
    struct dependency_host_usage host;
    struct dependency_usage at;

    if (dependency_host_usage_find(step, &host) && !host.shared) {
        seen->dependency_cpu = host.cores_share;
    }
    if (dependency_usage_find(step, &at)) {
        seen->dependency_places = at.calls_in_flight + at.sessions_active;
    }
}

void forecast_observe(const struct step_record *step, unsigned service_core_count, struct forecast_point *ret_point)
{
    const struct load_record *load = &step->load;
    struct forecast_point point = {.level = step->level, .rate = NAN, .mean_ns = NAN, .seen = nothing};
    struct host_usage host;

    host_usage_find(step, service_core_count, &host);
    if (host.known) {
        point.seen.service_cores = host.service_cores;
        point.seen.busy_cores = host.service_cores_busy * service_core_count;
        point.seen.busiest_thread = host.busiest_thread_share;
        point.seen.memory_bytes = real_memory(step, &host);
    }
    if (load->response.total > 0) {
        point.mean_ns = histogram_mean(&load->response);
        point.seen.p99_ns = (double)histogram_quantile(&load->response, 0.99);
        point.seen.in_flight = load->mean_in_flight;
    }
    observe_dependency(step, &point.seen);
    if (step->rate > 0) {
        point.rate = (double)step->rate;
    }
    *ret_point = point;
}

void forecast_observe_raised(const struct step_record *step, unsigned service_core_count,
                             struct forecast_point *ret_point)
{
    struct forecast_point point;
    struct spike part = {0};
    double cores = 0, busy = 0, thread = 0, time_ns = 0;

    forecast_observe(step, service_core_count, &point);
    while (spikes_next(&step->load, part.to_ns, &part)) {
        struct host_usage host;
        double weight = (double)(part.to_ns - part.from_ns);
        host_usage_between(step, service_core_count, part.from_ns, part.to_ns, &host);
        if (host.known) {
            cores += host.service_cores * weight;
            busy += host.service_cores_busy * service_core_count * weight;
            thread += host.busiest_thread_share * weight;
            time_ns += weight;
        }
    }
    if (time_ns > 0) {
        point.seen.service_cores = cores / time_ns;
        point.seen.busy_cores = busy / time_ns;
        point.seen.busiest_thread = thread / time_ns;
    }
    *ret_point = point;
}

/* ---- lines ---- */

/* Two points and a level above them. */
struct stretch {
    const struct forecast_point *before, *last;
    double level;
};

static double beyond(const struct stretch *stretch)
{
    double step = (double)stretch->last->level - (double)stretch->before->level;
    return (stretch->level - (double)stretch->last->level) / step;
}

/* Along the line through both; never below the last. */
static double onward(const struct stretch *stretch, double before, double last)
{
    return last + fmax(0, last - before) * beyond(stretch);
}

/* ---- queues ---- */

/* The highest rate the service can come to as its mean times have it, which is infinite where they do not rise:
 * 1/R = mu - X. In a queue of one server 1/R falls by one for each request a second, in any other by less: what falls
 * faster is noise. */
static double rate_by_times(const struct stretch *stretch)
{
    double x1 = stretch->before->rate, x2 = stretch->last->rate;
    double y1 = 1e9 / stretch->before->mean_ns, y2 = 1e9 / stretch->last->mean_ns;
    double fall = x2 > x1 ? (y1 - y2) / (x2 - x1) : 0;

    return fall > 0 ? x2 + y2 / fmin(1, fall) : INFINITY;
}

/* The fullest of what the service may run out of, as a share. */
static double fullness(const struct forecast *forecast, unsigned cores)
{
    return fmax(forecast->service_cores / (FULL * cores), forecast->busiest_thread / FULL);
}

/* How many times as long a request takes as at the last step; infinite from saturation on. */
static double stretch_of_times(double rate, double last_rate, double most, double full, double last_full)
{
    double by_queue = isinf(most) ? 1 : rate < most ? (most - last_rate) / (most - rate) : INFINITY;
    double by_fullness = !(full > last_full) ? 1 : full < 1 ? (1 - last_full) / (1 - full) : INFINITY;
    return fmax(1, fmax(by_queue, by_fullness));
}

/* The backlog grows all through the step, and what is not answered a deadline after its end is only known to be that
 * old: the oldest age that a request comes to. */
static double backlog_age(double overload, const struct forecast_terms *terms)
{
    double step_ns = (double)terms->step_ns, deadline_ns = (double)terms->scenario->deadline_ns;
    return fmin(overload * step_ns, overload * (step_ns + deadline_ns) / (1 + overload));
}

static void forecast_open(const struct stretch *stretch, const struct forecast_terms *terms, struct forecast *expected)
{
    const struct forecast_point *last = stretch->last;
    bool by_rate = terms->scenario->doubling == DOUBLING_RATE;
    double rate = by_rate ? stretch->level : last->rate;
    double most = by_rate ? rate_by_times(stretch) : INFINITY;
    double full = fullness(expected, terms->service_core_count);
    double last_full = fmin(0.999, fullness(&last->seen, terms->service_core_count));
    double longer = stretch_of_times(rate, last->rate, most, full, last_full);
    double p99_ns = by_rate ? last->seen.p99_ns : onward(stretch, stretch->before->seen.p99_ns, last->seen.p99_ns);

    if (isinf(longer)) {
        double capacity = fmin(most, full > 1 ? rate / full : INFINITY);
        double overload = fmax(0, rate / capacity - 1);
        expected->p99_ns = fmax(p99_ns, backlog_age(overload, terms));
        expected->in_flight =
            fmin(terms->scenario->connections_most, overload * capacity * (double)terms->step_ns / 2e9);
        expected->in_flight = fmax(expected->in_flight, last->seen.in_flight);
    } else {
        expected->p99_ns = p99_ns * longer;
        expected->in_flight = last->seen.in_flight * longer * rate / last->rate;
    }
}

static void forecast_closed(const struct stretch *stretch, struct forecast *expected)
{
    expected->p99_ns = onward(stretch, stretch->before->seen.p99_ns, stretch->last->seen.p99_ns);
    expected->in_flight = stretch->level;
}

void forecast_make(const struct forecast_point *points, size_t count, uint64_t level,
                   const struct forecast_terms *terms, struct forecast *ret_expected)
{
    struct forecast expected = nothing;

    if (count >= 2 && points[count - 1].level > points[count - 2].level && level > points[count - 1].level) {
        struct stretch stretch = {&points[count - 2], &points[count - 1], (double)level};
        const struct forecast *before = &stretch.before->seen, *last = &stretch.last->seen;
        expected.service_cores = onward(&stretch, before->service_cores, last->service_cores);
        expected.busy_cores = onward(&stretch, before->busy_cores, last->busy_cores);
        expected.busiest_thread = onward(&stretch, before->busiest_thread, last->busiest_thread);
        expected.dependency_cpu = onward(&stretch, before->dependency_cpu, last->dependency_cpu);
        expected.dependency_places = onward(&stretch, before->dependency_places, last->dependency_places);
        expected.memory_bytes = onward(&stretch, before->memory_bytes, last->memory_bytes);
        if (terms->scenario->doubling == DOUBLING_CONNECTIONS) {
            forecast_closed(&stretch, &expected);
        } else {
            forecast_open(&stretch, terms, &expected);
        }
    }
    *ret_expected = expected;
}

/* ---- signals ---- */

const char *forecast_signal_name(enum forecast_signal signal)
{
    static const char *const names[SIGNAL_COUNT] = {
        [SIGNAL_CPU] = "cpu",
        [SIGNAL_THREAD] = "thread",
        [SIGNAL_MEMORY] = "memory",
        [SIGNAL_DEPENDENCY_CPU] = "dependency_cpu",
        [SIGNAL_DEPENDENCY_PLACES] = "dependency_places",
        [SIGNAL_LATENCY] = "latency",
        [SIGNAL_IN_FLIGHT] = "in_flight",
    };
    assert(signal < SIGNAL_COUNT);
    return names[signal];
}

double forecast_signal_value(const struct forecast *forecast, enum forecast_signal signal)
{
    switch (signal) {
    case SIGNAL_CPU:
        return forecast->service_cores;
    case SIGNAL_THREAD:
        return forecast->busiest_thread;
    case SIGNAL_MEMORY:
        return forecast->memory_bytes;
    case SIGNAL_DEPENDENCY_CPU:
        return forecast->dependency_cpu;
    case SIGNAL_DEPENDENCY_PLACES:
        return forecast->dependency_places;
    case SIGNAL_LATENCY:
        return forecast->p99_ns;
    case SIGNAL_IN_FLIGHT:
        return forecast->in_flight;
    case SIGNAL_COUNT:
        break;
    }
    return NAN;
}

/* The p99 of an exponential tail whose `percentile` is at `ns`. */
static double as_p99(double ns, double percentile)
{
    return ns * log(1 - 0.99) / log(1 - percentile);
}

/* How many a dependency works on at a time: a backend's pool by the contract's rule, or what the scenario says of the upstream.
 * NAN where nothing says, or where it is not known of which of two the places are. */
static double places(const struct forecast_terms *terms)
{
    const struct needs *needs = &terms->scenario->needs;

    if (needs->database == needs->upstream) {
        return NAN;
    }
    if (needs->database) {
        return FULL * NEEDS_SESSIONS_A_CORE * terms->service_core_count;
    }
    return needs->upstream_at_once > 0 ? (double)needs->upstream_at_once : NAN;
}

double forecast_signal_limit(enum forecast_signal signal, const struct forecast_terms *terms)
{
    const struct limits *limits = &terms->scenario->limits;

    switch (signal) {
    case SIGNAL_CPU:
        return FULL * terms->service_core_count;
    case SIGNAL_THREAD:
        return terms->service_core_count > 1 ? FULL : NAN;
    case SIGNAL_MEMORY:
        return limits->memory_bytes > 0 ? (double)limits->memory_bytes : NAN;
    case SIGNAL_DEPENDENCY_CPU:
        return FULL;
    case SIGNAL_DEPENDENCY_PLACES:
        return places(terms);
    case SIGNAL_LATENCY:
        return limits->latency_ns > 0 ? as_p99((double)limits->latency_ns, limits->percentile) : NAN;
    case SIGNAL_IN_FLIGHT:
        return terms->scenario->doubling != DOUBLING_CONNECTIONS ? terms->scenario->connections_most : NAN;
    case SIGNAL_COUNT:
        break;
    }
    return NAN;
}

static enum forecast_signal smallest(const struct forecast *expected, const struct forecast_terms *terms, int from,
                                     int to, double *ret_ratio)
{
    enum forecast_signal first = SIGNAL_COUNT;

    for (int i = from; i < to; i++) {
        double ratio = forecast_signal_limit((enum forecast_signal)i, terms) /
                       forecast_signal_value(expected, (enum forecast_signal)i);
        if (ratio > 0 && (first == SIGNAL_COUNT || ratio < *ret_ratio)) {
            first = (enum forecast_signal)i;
            *ret_ratio = ratio;
        }
    }
    return first;
}

enum forecast_signal forecast_first(const struct forecast *expected, const struct forecast_terms *terms,
                                    double *ret_ratio)
{
    enum forecast_signal resource = smallest(expected, terms, 0, SIGNAL_LATENCY, ret_ratio);

    return resource != SIGNAL_COUNT && *ret_ratio < 1 ? resource
                                                      : smallest(expected, terms, 0, SIGNAL_COUNT, ret_ratio);
}
