#include "analysis/cause/network.h"

#define RETRANSMITS_LEAST 50
#define RETRANSMITS_SHARE 0.02

bool network_found(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    double responses = (double)symptoms->step->load.tally.completed;

    return symptoms_late(symptoms) && host_usage_has(host, SAMPLE_MACHINE) && host->retransmits >= RETRANSMITS_LEAST &&
           (double)host->retransmits >= RETRANSMITS_SHARE * responses && host->accept_queue_overflows == 0 &&
           host->service_cores_busy < HOST_USAGE_SATURATED;
}
