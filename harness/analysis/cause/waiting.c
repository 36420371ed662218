#include "analysis/cause/waiting.h"

#include "analysis/cause/dependency_wait.h"
#include "analysis/cause/saturation.h"

#include <math.h>

/* A service that uses less than this share of its cores is waiting for something other than CPU. */
#define IDLE_SHARE 0.70

/* Requests queue for CPU only where it was busy for at least this share of the time. */
#define QUEUED_LEAST 0.3

/* Threads that worked or waited for a core for less than this share of the time slept for the rest. */
#define SLEPT_BELOW 0.8

/* Waiting for a core is not what made responses late where it is less than this share of their time, or where a thread
 * waited for less than this share of its. */
#define DELAY_SHARE  0.25
#define DELAY_THREAD 0.10

/* Served at twice the load: at most so many times as much is flat. */
#define FLAT_MOST 1.15

/* What doubles need not be the rate: it grew where so many times as much was offered. Connections of a closed load
 * offer what the service takes. */
#define GROWN_LEAST 1.6

/* By the end of the measured part this share of what was due in it was not resolved, and so many requests. */
#define BEHIND_LEAST    0.1
#define BEHIND_REQUESTS 20

bool waiting_idle(const struct symptoms *symptoms)
{
    const struct step_usage *usage = symptoms->usage;
    return usage->host.service_cores < IDLE_SHARE * usage->cores && symptoms_late(symptoms);
}

static double served_rate(const struct step_record *record)
{
    return record->load.measured_ns > 0 ? (double)record->load.tally.completed / (double)record->load.measured_ns : 0;
}

static double offered_rate(const struct step_record *record)
{
    return record->load.measured_ns > 0 ? (double)record->load.tally.offered / (double)record->load.measured_ns : 0;
}

/* In an overloaded step what is served late counts as well, which makes the comparison with a lower step the stricter
 * one. A higher step says the same from above. */
static bool flat_between(const struct step_record *lower, const struct step_record *higher)
{
    bool grew = higher->rate == 0 || offered_rate(higher) >= GROWN_LEAST * offered_rate(lower);
    return grew && !higher->death.died && served_rate(higher) <= FLAT_MOST * served_rate(lower);
}

double waiting_flat_rps(const struct symptoms *symptoms)
{
    const struct context_step *lower = context_lower(symptoms->context, symptoms->step);
    const struct context_step *higher = context_higher(symptoms->context, symptoms->step);

    if (lower != NULL && flat_between(lower->record, symptoms->step)) {
        return served_rate(lower->record) * 1e9;
    }
    return higher != NULL && flat_between(symptoms->step, higher->record) ? served_rate(higher->record) * 1e9 : 0;
}

static bool fell_behind(const struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    size_t count = load->interval_count;
    double left = count > 0 ? (double)load->intervals[count - 1].in_flight : 0;
    double before = count > 0 ? (double)load->intervals[0].in_flight : 0;

    return left - before >= fmax(BEHIND_REQUESTS, BEHIND_LEAST * (double)load->tally.offered);
}

static bool on_plateau(const struct symptoms *symptoms)
{
    return waiting_flat_rps(symptoms) > 0 || fell_behind(symptoms);
}

/* What does not keep up, and has CPU left, does not queue for it: queueing theory knows such a service only as full. */
static bool queued(const struct symptoms *symptoms)
{
    return symptoms->queueing.busy_share >= QUEUED_LEAST && cpu_queueing_explains(&symptoms->queueing) &&
           symptoms_late(symptoms) && !dependency_wait_there(symptoms) && !on_plateau(symptoms);
}

bool waiting_for_thread(const struct symptoms *symptoms)
{
    return symptoms->usage->cores > 1 && symptoms->queueing.one_thread && queued(symptoms);
}

bool waiting_for_cores(const struct symptoms *symptoms)
{
    return queued(symptoms) && !waiting_for_thread(symptoms);
}

/* The delay is a sum over threads: of many threads each may wait for next to no time. What counts is what it makes of
 * the time of a request, or of a thread. */
bool waiting_without_delay(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    const struct load_record *load = &symptoms->step->load;
    double delay_ns = host->run_delay_share * (double)load->measured_ns;

    if (!host_usage_has(host, SAMPLE_THREADS)) {
        return false;
    }
    return !host_usage_waits_for_cores(host) || host->run_delay_per_thread < DELAY_THREAD ||
           delay_ns < DELAY_SHARE * histogram_mean(&load->response) * (double)load->tally.completed ||
           host->service_cores + host->run_delay_share < SLEPT_BELOW * symptoms->usage->cores;
}

bool waiting_within(const struct symptoms *symptoms)
{
    return waiting_idle(symptoms) && waiting_without_delay(symptoms) && !dependency_wait_there(symptoms) &&
           !queued(symptoms);
}

bool waiting_in_series(const struct symptoms *symptoms)
{
    return symptoms_late(symptoms) && waiting_without_delay(symptoms) &&
           symptoms->usage->host.service_cores < HOST_USAGE_SATURATED * symptoms->usage->cores &&
           !saturation_by_anyone(symptoms) && !saturation_of_cores(symptoms) && !saturation_of_thread(symptoms) &&
           !dependency_wait_there(symptoms) && on_plateau(symptoms);
}
