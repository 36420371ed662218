#include "analysis/cause/network.h"

#include <math.h>
#include <stddef.h>

#define RETRANSMITS_LEAST 50
#define RETRANSMITS_SHARE 0.02

static bool lost(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    double responses = (double)symptoms->step->load.tally.completed;

    return host->retransmits >= RETRANSMITS_LEAST && (double)host->retransmits >= RETRANSMITS_SHARE * responses &&
           host->accept_queue_overflows == 0;
}

/* Whoever has no core sends late and acknowledges late. Others on its cores that it need not wait for do no harm. */
static bool had_time(const struct host_usage *host)
{
    return host->service_cores_busy < HOST_USAGE_SATURATED || !host_usage_waits_for_cores(host);
}

bool network_found(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;

    return symptoms_late(symptoms) && host_usage_has(host, SAMPLE_MACHINE) &&
           (host_usage_link_full(host) || lost(symptoms)) && had_time(host);
}

double network_before(const struct symptoms *symptoms)
{
    const struct context_step *lower = context_lower(symptoms->context, symptoms->step);
    return lower != NULL && lower->usage->host.known ? lower->usage->host.link_bytes_per_s : NAN;
}
