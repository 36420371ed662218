#include "analysis/forecast/forecast.h"

#include "analysis/usage/memory_usage.h"
#include "analysis/usage/spikes.h"

#include <math.h>

static const struct forecast nothing = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};

double forecast_cores(const struct forecast_terms *terms)
{
    double cores = terms->service_core_count > 0 ? terms->service_core_count : NAN;
    return terms->quota_cores > 0 ? fmin(terms->quota_cores, cores) : cores;
}

/* ---- what a step showed ---- */

static void observe_dependency(const struct step_usage *usage, struct forecast *seen)
{
    if (usage->dependency_cpu.name != NULL && !usage->dependency_cpu.shared) {
        seen->dependency_cpu = usage->dependency_cpu.cores_share;
    }
    if (usage->dependency.name != NULL) {
        seen->dependency_places = usage->dependency.calls_in_flight + usage->dependency.sessions_active;
    }
}

void forecast_observe(const struct step_record *step, const struct step_usage *usage, struct forecast_point *ret_point)
{
    const struct load_record *load = &step->load;
    const struct host_usage *host = &usage->host;
    struct forecast_point point = {.level = step->level, .rate = NAN, .queued_ns = NAN, .seen = nothing};

    if (host->known) {
        point.seen.service_cores = host->service_cores;
        point.seen.busy_cores = host->service_cores_busy * usage->cores;
        point.seen.busiest_thread = host->busiest_thread_share;
    }
    if (host_usage_has(host, SAMPLE_MEMORY)) {
        point.seen.memory_bytes = memory_usage_bytes(&step->memory, host->rss_peak_bytes);
    }
    if (load->response.total > 0) {
        point.queued_ns = (double)histogram_quantile(&load->response, 0.5) / log(2);
        point.seen.p99_ns = (double)histogram_quantile(&load->response, 0.99);
        point.seen.in_flight = load->mean_in_flight;
    }
    observe_dependency(usage, &point.seen);
    if (step->rate > 0) {
        point.rate = (double)step->rate;
    }
    *ret_point = point;
}

void forecast_observe_spikes(const struct step_record *step, const struct step_usage *usage,
                             struct forecast_point *ret_point)
{
    struct forecast_point point;
    struct spike spike = {0};
    double cores = 0, busy = 0, thread = 0, time_ns = 0;

    forecast_observe(step, usage, &point);
    while (spikes_next(&step->load, spike.to_ns, &spike)) {
        struct host_usage host;
        double weight = (double)(spike.to_ns - spike.from_ns);
        host_usage_between(step, usage->cores, spike.from_ns, spike.to_ns, &host);
        if (host.known) {
            cores += host.service_cores * weight;
            busy += host.service_cores_busy * usage->cores * weight;
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
struct extrapolation {
    const struct forecast_point *before, *last;
    double level;
};

static double beyond(const struct extrapolation *line)
{
    double step = (double)line->last->level - (double)line->before->level;
    return (line->level - (double)line->last->level) / step;
}

/* Along the line through both; never below the last. NAN where one of them is not known. */
static double onward(const struct extrapolation *line, double before, double last)
{
    double growth = last - before;
    return isnan(growth) ? NAN : last + fmax(0, growth) * beyond(line);
}

/* ---- queues ---- */

/* The highest rate that the service can reach by its times, from 1/R = mu - X; infinite where they do not rise. In a
 * queue of one server 1/R falls by one for each request per second more, in any other queue by less: what falls faster
 * is noise. The times are medians, which a pause leaves as they are, unlike means; in such a queue times are
 * exponential, and the median is ln 2 of the mean. */
static double rate_by_times(const struct extrapolation *line)
{
    double x1 = line->before->rate, x2 = line->last->rate;
    double y1 = 1e9 / line->before->queued_ns, y2 = 1e9 / line->last->queued_ns;
    double fall = x2 > x1 ? (y1 - y2) / (x2 - x1) : 0;

    return fall > 0 ? x2 + y2 / fmin(1, fall) : INFINITY;
}

/* From one step to the next p99 rises by more than this in a pause, or in an overload, after which there is no step. */
#define P99_RISE_MOST 2

/* How much of all its cores, or of one by its busiest thread, the service uses, whichever is more. Up to all of it
 * requests are served as fast as they come. */
static double utilisation(const struct forecast *forecast, double cores)
{
    double all = cores > 0 ? forecast->service_cores / cores : NAN;
    return fmax(all, forecast->busiest_thread);
}

/* The factor by which times grow as what is left shrinks; infinite where nothing is left. */
static double factor_by_rest(double rest_before, double rest_after)
{
    return rest_after > 0 ? rest_before / rest_after : INFINITY;
}

/* How many times as long a request takes as at the last step; infinite from where nothing is left. */
static double time_factor(double rate, double last_rate, double most, double used, double last_used)
{
    double factor = 1;

    if (!isinf(most)) {
        factor = fmax(factor, factor_by_rest(most - last_rate, most - rate));
    }
    if (used > last_used) {
        factor = fmax(factor, factor_by_rest(1 - last_used, 1 - used));
    }
    return factor;
}

/* The age that the oldest request reaches. The backlog grows all through the step, and what is not answered within a
 * deadline after the step's end is only known to be at least that old. */
static double backlog_age(double overload, const struct forecast_terms *terms)
{
    double step_ns = (double)terms->step_ns, deadline_ns = (double)terms->scenario->deadline_ns;
    return fmin(overload * step_ns, overload * (step_ns + deadline_ns) / (1 + overload));
}

/* The last p99, without what a single pause added to it. */
static double steady_p99(const struct extrapolation *line)
{
    return fmin(line->last->seen.p99_ns, P99_RISE_MOST * line->before->seen.p99_ns);
}

/* Users send as much in the mean, however many they are. */
static double rate_at(const struct extrapolation *line, enum doubling doubling)
{
    const struct forecast_point *last = line->last;
    return doubling == DOUBLING_RATE ? line->level : last->rate * line->level / (double)last->level;
}

static void forecast_open(const struct extrapolation *line, const struct forecast_terms *terms,
                          struct forecast *expected)
{
    const struct forecast_point *last = line->last;
    double rate = last->rate, most = INFINITY;
    double last_p99_ns = steady_p99(line);
    double p99_ns = onward(line, line->before->seen.p99_ns, last_p99_ns);
    if (terms->scenario->doubling == DOUBLING_RATE || terms->scenario->doubling == DOUBLING_SESSIONS) {
        rate = rate_at(line, terms->scenario->doubling);
        most = rate_by_times(line);
        p99_ns = last_p99_ns;
    }
    double used = utilisation(expected, forecast_cores(terms));
    double last_used = fmin(0.999, utilisation(&last->seen, forecast_cores(terms)));
    double factor = time_factor(rate, last->rate, most, used, last_used);

    if (isinf(factor)) {
        double capacity = fmin(most, used > 1 ? rate / used : INFINITY);
        double overload = fmax(0, rate / capacity - 1);
        expected->p99_ns = fmax(p99_ns, backlog_age(overload, terms));
        expected->in_flight =
            fmin(terms->scenario->connections_most, overload * capacity * (double)terms->step_ns / 2e9);
        expected->in_flight = fmax(expected->in_flight, last->seen.in_flight);
    } else {
        expected->p99_ns = p99_ns * factor;
        expected->in_flight = last->seen.in_flight * factor * rate / last->rate;
    }
}

static void forecast_closed(const struct extrapolation *line, struct forecast *expected)
{
    expected->p99_ns = onward(line, line->before->seen.p99_ns, steady_p99(line));
    expected->in_flight = line->level;
}

void forecast_make(const struct forecast_point *points, size_t count, uint64_t level,
                   const struct forecast_terms *terms, struct forecast *ret_expected)
{
    struct forecast expected = nothing;

    if (count >= 2 && points[count - 1].level > points[count - 2].level && level > points[count - 1].level) {
        struct extrapolation line = {&points[count - 2], &points[count - 1], (double)level};
        const struct forecast *before = &line.before->seen, *last = &line.last->seen;
        expected.service_cores = onward(&line, before->service_cores, last->service_cores);
        expected.busy_cores = onward(&line, before->busy_cores, last->busy_cores);
        expected.busiest_thread = onward(&line, before->busiest_thread, last->busiest_thread);
        expected.dependency_cpu = onward(&line, before->dependency_cpu, last->dependency_cpu);
        expected.dependency_places = onward(&line, before->dependency_places, last->dependency_places);
        expected.memory_bytes = onward(&line, before->memory_bytes, last->memory_bytes);
        if (terms->scenario->doubling == DOUBLING_CONNECTIONS) {
            forecast_closed(&line, &expected);
        } else {
            forecast_open(&line, terms, &expected);
        }
    }
    *ret_expected = expected;
}
