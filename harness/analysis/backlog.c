#include "analysis/backlog.h"

#include <math.h>

/* A connection that found no room is tried again after a second, and may serve many requests once it is there; but where
 * there are many times as many late and failed requests as such connections, most of them waited for something else. */
#define REQUESTS_EACH 10

/* From this share of a core, or of all, on a service may come too late to accept. */
#define NEARLY_FULL 0.80

bool backlog_full(const struct clues *clues)
{
    return clues->host.listen_overflows > 0 && clues->host.listen_queue_peak > 0;
}

/* Requests that failed, or whose time was beyond the limit that broke: many are both. */
static double spoiled(const struct clues *clues)
{
    const struct load_record *load = &clues->step->load;
    double most = (double)tally_failed(&load->tally);

    for (size_t i = 0; i < clues->verdict->breach_count; i++) {
        const struct breach *breach = &clues->verdict->breaches[i];
        if (breach->limit == LIMIT_LATENCY) {
            double in_time = histogram_share_below(&load->response, (uint64_t)breach->allowed);
            most = fmax(most, (1 - in_time) * (double)load->response.total);
        }
    }
    return most;
}

bool backlog_in_proportion(const struct clues *clues)
{
    return backlog_full(clues) && REQUESTS_EACH * (double)clues->host.listen_overflows >= spoiled(clues);
}

static bool nearly_full(const struct load_on_host *host, unsigned cores)
{
    return host->service_cores >= NEARLY_FULL * cores || host->busiest_thread_share >= NEARLY_FULL;
}

bool backlog_of_busy_service(const struct clues *clues)
{
    return backlog_full(clues) &&
           (nearly_full(&clues->host, clues->cores) || nearly_full(&clues->breaking, clues->cores) ||
            nearly_full(&clues->raised, clues->cores));
}
