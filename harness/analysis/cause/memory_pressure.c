#include "analysis/cause/memory_pressure.h"

#include "analysis/usage/memory_usage.h"

/* At the limit is what comes as near to it as this. */
#define AT_LIMIT 0.95

/* So many pages a second that are waited for hold a service up. */
#define FAULTS_LEAST 50.0

#define CONNECTIONS_LEAST 64

bool memory_pressure_broke(const struct symptoms *symptoms)
{
    return symptoms_memory_broke_first(symptoms);
}

bool memory_pressure_killed(const struct symptoms *symptoms)
{
    return symptoms->usage->host.group_oom_kills > 0;
}

static bool thrashes(const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    double seconds = (double)symptoms->step->load.measured_ns / 1e9;

    return host->memory_limit_bytes > 0 &&
           (double)host->memory_limit_peak_bytes >= AT_LIMIT * (double)host->memory_limit_bytes &&
           (double)host->major_faults >= FAULTS_LEAST * seconds && symptoms_late(symptoms);
}

bool memory_pressure_paged(const struct symptoms *symptoms)
{
    return symptoms_swapped(symptoms) || thrashes(symptoms);
}

double memory_pressure_per_connection(const struct symptoms *symptoms)
{
    const struct step_record *step = symptoms->step;
    double peak = memory_usage_bytes(&step->memory, symptoms->usage->host.rss_peak_bytes);
    double idle = (double)symptoms->context->idle_bytes;

    if (idle == 0 || peak <= idle || step->load.connections < CONNECTIONS_LEAST) {
        return 0;
    }
    return (peak - idle) / (double)step->load.connections;
}
