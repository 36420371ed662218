#include "analysis/cause/backlog.h"

#include <math.h>

/* A connection that found no room is tried again after a second, and may serve many requests once it is there; but where
 * there are many times as many late and failed requests as such connections, most of them waited for something else. */
#define REQUESTS_EACH 10

/* From this share of a core, or of all, on a service may come too late to accept. */
#define NEARLY_FULL 0.80

bool backlog_full(const struct symptoms *symptoms)
{
    return symptoms->host.listen_overflows > 0 && symptoms->host.accept_queue_peak > 0;
}

/* Requests that failed, or whose time was beyond the limit that broke: many are both. */
static double spoiled(const struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    double most = (double)tally_failed(&load->tally);

    for (size_t i = 0; i < symptoms->verdict->breach_count; i++) {
        const struct breach *breach = &symptoms->verdict->breaches[i];
        if (breach->limit == LIMIT_LATENCY) {
            double in_time = histogram_share_below(&load->response, (uint64_t)breach->allowed);
            most = fmax(most, (1 - in_time) * (double)load->response.total);
        }
    }
    return most;
}

bool backlog_in_proportion(const struct symptoms *symptoms)
{
    return backlog_full(symptoms) && REQUESTS_EACH * (double)symptoms->host.listen_overflows >= spoiled(symptoms);
}

static bool nearly_full(const struct host_usage *host, unsigned cores)
{
    return host->service_cores >= NEARLY_FULL * cores || host->busiest_thread_share >= NEARLY_FULL;
}

bool backlog_of_busy_service(const struct symptoms *symptoms)
{
    return backlog_full(symptoms) &&
           (nearly_full(&symptoms->host, symptoms->cores) || nearly_full(&symptoms->breaking, symptoms->cores) ||
            nearly_full(&symptoms->raised, symptoms->cores));
}
