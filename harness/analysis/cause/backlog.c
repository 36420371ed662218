#include "analysis/cause/backlog.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

/* A connection that found no room is tried again after a second, and may serve many requests once it is there. But
 * where there are many times as many late and failed requests as such connections, most of them waited for something
 * else. */
#define REQUESTS_EACH 10

/* From this share of a core, or of all cores, on a service may come too late to accept. */
#define NEARLY_SATURATED 0.80

/* The response times of the requests that the limit is on. */
static const struct histogram *times_of(const struct load_record *load, const struct breach *breach)
{
    for (size_t i = 0; breach->request != NULL && i < load->request_count; i++) {
        if (load->requests[i].name != NULL && strcmp(load->requests[i].name, breach->request) == 0) {
            return &load->requests[i].response;
        }
    }
    return &load->response;
}

/* Requests that failed, or that took longer than the latency limit that broke: many did both. */
static double late_or_failed(const struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    double most = (double)tally_failed(&load->tally);

    for (size_t i = 0; i < symptoms->verdict->breach_count; i++) {
        const struct breach *breach = &symptoms->verdict->breaches[i];
        if (breach->limit == LIMIT_LATENCY) {
            most = fmax(most, (double)histogram_count_above(times_of(load, breach), (uint64_t)breach->allowed));
        }
    }
    return most;
}

/* The machine counts overflows of all queues: a queue seen in use says that it was this one. Samples may miss a queue
 * of a few places; then as many overflows as late and failed requests say it. */
bool backlog_overflowed(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    double overflows = (double)host->accept_queue_overflows;

    return overflows > 0 && (host->accept_queue_peak > 0 || overflows >= late_or_failed(symptoms));
}

bool backlog_in_proportion(const struct symptoms *symptoms)
{
    double overflows = (double)symptoms->usage->host.accept_queue_overflows;
    return backlog_overflowed(symptoms) && REQUESTS_EACH * overflows >= late_or_failed(symptoms);
}

static bool nearly_saturated(const struct host_usage *host, unsigned cores)
{
    bool all = cores > 0 && host->service_cores >= NEARLY_SATURATED * cores;
    return all || host->busiest_thread_share >= NEARLY_SATURATED;
}

bool backlog_of_busy_service(const struct symptoms *symptoms)
{
    unsigned cores = symptoms->usage->cores;
    return backlog_overflowed(symptoms) &&
           (nearly_saturated(&symptoms->usage->host, cores) || nearly_saturated(&symptoms->breaking, cores) ||
            nearly_saturated(&symptoms->spike, cores));
}
