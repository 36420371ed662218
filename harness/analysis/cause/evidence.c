#include "analysis/cause/evidence.h"

/* Work of others, and time taken by the hypervisor, are worth a word from these shares of the service's cores on. */
#define FOREIGN_SHOWN 0.05
#define STEAL_SHOWN   0.01

void evidence_add(struct cause_finding *finding, const char *key, double value)
{
    if (finding->evidence_count < EVIDENCE_MOST) {
        finding->evidence[finding->evidence_count++] = (struct evidence){.key = key, .value = value};
    }
}

void evidence_of_cpu(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->host, *breaking = &symptoms->breaking;

    evidence_add(finding, "service_cpu_share", host->service_cores / symptoms->cores);
    evidence_add(finding, "service_cores_busy_share", host->service_cores_busy);
    evidence_add(finding, "busiest_thread_share", host->busiest_thread_share);
    evidence_add(finding, "run_delay_share", host->run_delay_share);
    evidence_add(finding, "kernel_receive_share", host->kernel_cores / symptoms->cores);
    if (breaking->known) {
        evidence_add(finding, "breaking_cores_busy_share", breaking->service_cores_busy);
    }
    if (host->foreign_cores > FOREIGN_SHOWN * symptoms->cores) {
        evidence_add(finding, "foreign_share", host->foreign_cores / symptoms->cores);
    }
    if (host->service_steal_cores > STEAL_SHOWN * symptoms->cores) {
        evidence_add(finding, "steal_share", host->service_steal_cores / symptoms->cores);
    }
    if (symptoms->dependency.name != NULL) {
        evidence_add(finding, "dependency_cpu_share", symptoms->dependency.cores_share);
        if (symptoms->dependency.shared) {
            evidence_add(finding, "dependency_beside_share", symptoms->dependency.cores / symptoms->cores);
        }
    }
    if (host->throttled_share > 0) {
        evidence_add(finding, "throttled_share", host->throttled_share);
    }
}

/* Of the sessions at work: how many of them waited in the database for what. */
static void show_waits(struct cause_finding *finding, const struct dependency_usage *at)
{
    const struct {
        const char *key;
        double sessions;
    } waits[] = {
        {"sessions_on_locks_share", at->sessions_on_locks},
        {"sessions_on_inner_share", at->sessions_on_inner},
        {"sessions_on_disk_share", at->sessions_on_disk},
    };

    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        if (waits[i].sessions > 0) {
            evidence_add(finding, waits[i].key, waits[i].sessions / at->sessions_active);
        }
    }
}

void evidence_of_dependency(struct cause_finding *finding, const struct dependency_usage *at)
{
    if (at->name == NULL) {
        return;
    }
    evidence_add(finding, "dependency_time_share", at->time_share);
    if (at->call_ns > 0) {
        evidence_add(finding, "dependency_call_ns", at->call_ns);
        evidence_add(finding, "dependency_calls_in_flight", at->calls_in_flight);
    }
    if (at->sessions > 0) {
        evidence_add(finding, "database_sessions", at->sessions);
        evidence_add(finding, "sessions_active_share", at->sessions_active / at->sessions);
        show_waits(finding, at);
    }
}
