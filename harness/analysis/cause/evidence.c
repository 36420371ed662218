#include "analysis/cause/evidence.h"

#include "analysis/cause/backlog.h"
#include "analysis/cause/cause.h"
#include "analysis/cause/memory_pressure.h"
#include "analysis/cause/network.h"
#include "analysis/cause/shedding.h"
#include "analysis/cause/symptoms.h"
#include "analysis/cause/waiting.h"
#include "analysis/verdict/disturbance.h"

#include <assert.h>
#include <math.h>

/* Work of others, and time taken by the hypervisor, are worth a figure from these shares of the service's cores on. */
#define FOREIGN_SHOWN 0.05
#define STEAL_SHOWN   0.01

static void add(struct cause_finding *finding, const char *key, double value)
{
    if (!isfinite(value)) {
        return; /* it was not read */
    }
    assert(finding->evidence_count < EVIDENCE_MOST);
    finding->evidence[finding->evidence_count++] = (struct evidence){.key = key, .value = value};
}

static void add_death(struct cause_finding *finding, const struct death *death)
{
    if (death->died && death->signal != 0) {
        add(finding, "signal", death->signal);
    } else if (death->died && death->exit_code >= 0) {
        add(finding, "exit_code", death->exit_code);
    }
}

/* What the responses were, whether or not the host was read. */
static void add_responses(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct status_count *refused = &symptoms->step->load.statuses.counts[0];

    if (shedding_found(symptoms)) {
        add(finding, "refused_status", refused->status);
        add(finding, "refused_share", (double)refused->count / (double)symptoms->step->load.tally.offered);
        add(finding, "refused_mean_ns", (double)refused->time_ns / (double)refused->count);
    }
    if (symptoms->pause.found) {
        add(finding, "pauses", (double)symptoms->pause.count);
        add(finding, "pause_length_ns", (double)symptoms->pause.length_ns);
        add(finding, "pause_period_ns", (double)symptoms->pause.period_ns);
    }
}

static void add_memory(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    double per_connection = memory_pressure_per_connection(symptoms);

    if (symptoms_memory_broke_first(symptoms)) {
        if (symptoms->context->idle_bytes > 0) {
            add(finding, "memory_idle_bytes", (double)symptoms->context->idle_bytes);
        }
        add(finding, "rss_first_bytes", host_usage_has(host, SAMPLE_MEMORY) ? (double)host->rss_first_bytes : NAN);
        add(finding, "rss_peak_bytes", host_usage_has(host, SAMPLE_MEMORY) ? (double)host->rss_peak_bytes : NAN);
        if (per_connection > 0) {
            add(finding, "memory_per_connection_bytes", per_connection);
        }
    }
    if (host->memory_limit_bytes > 0) {
        add(finding, "group_memory_peak_bytes", (double)host->memory_limit_peak_bytes);
        add(finding, "group_memory_limit_bytes", (double)host->memory_limit_bytes);
    }
}

/* What kept the service from running. */
static void add_stops(struct cause_finding *finding, const struct host_usage *host)
{
    if (host->throttled_share > 0) {
        add(finding, "throttled_share", host->throttled_share);
    }
    if (host->throttled_periods_share > 0) {
        add(finding, "throttled_periods_share", host->throttled_periods_share);
    }
    if (host->quota_cores > 0) {
        add(finding, "quota_cores", host->quota_cores);
    }
    if (host->stopped_share > 0) {
        add(finding, "stopped_share", host->stopped_share);
    }
    if (host_usage_waits_for_cores(host) && host->waiting_share > 0) {
        add(finding, "core_wait_share", host->waiting_share);
    }
}

/* Who used how much of the service's cores. */
static void add_cpu(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host, *breaking = &symptoms->breaking;
    const struct dependency_cpu *dependency = &symptoms->usage->dependency_cpu;
    unsigned cores = symptoms->usage->cores;
    double foreign = disturbance_foreign_cores(&symptoms->step->load, host, symptoms->context->cores_shared);

    add(finding, "service_cpu_share", host->service_cores / cores);
    if (cores == 0) {
        add(finding, "service_used_cores", host->service_cores);
    }
    add(finding, "service_cores_busy_share", host->service_cores_busy);
    add(finding, "busiest_thread_share", host->busiest_thread_share);
    add(finding, "run_delay_share", host->run_delay_share);
    add(finding, "kernel_receive_share", host->kernel_cores / cores);
    if (breaking->known) {
        add(finding, "breaking_cores_busy_share", breaking->service_cores_busy);
    }
    if (foreign > FOREIGN_SHOWN * cores) {
        add(finding, "foreign_share", foreign / cores);
    }
    if (host->service_steal_cores > STEAL_SHOWN * cores) {
        add(finding, "steal_share", host->service_steal_cores / cores);
    }
    if (dependency->name != NULL) {
        add(finding, "dependency_cpu_share", dependency->cores_share);
    }
    if (dependency->name != NULL && dependency->shared) {
        add(finding, "dependency_beside_share", dependency->cores / cores);
    }
    add_stops(finding, host);
}

/* The moments from which the cause was read, where means over the whole step do not show it. */
static void add_moments(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host, *breaking = &symptoms->breaking;
    unsigned cores = symptoms->usage->cores;

    if (symptoms->spike.known) {
        add(finding, "raised_cpu_share", symptoms->spike.service_cores / cores);
    } else if (host_usage_cores_saturated(breaking, cores) && !host_usage_cores_saturated(host, cores)) {
        add(finding, "breaking_cpu_share", breaking->service_cores / cores);
    } else if (host_usage_thread_saturated(breaking) && !host_usage_thread_saturated(host)) {
        add(finding, "breaking_thread_share", breaking->busiest_thread_share);
    }
}

/* What it served, where twice the load makes no more of it. */
static void add_rates(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    double flat_rps = waiting_flat_rps(symptoms);

    if (flat_rps > 0) {
        add(finding, "served_rps", (double)load->tally.completed * 1e9 / (double)load->measured_ns);
        add(finding, "served_at_another_load_rps", flat_rps);
    }
}

/* What its link carried, where there is one. */
static void add_link(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;

    add(finding, "link_bytes_per_s", host->link_bytes_per_s);
    add(finding, "link_share", host->link_share);
    add(finding, "link_lower_bytes_per_s", network_before(symptoms));
}

static void add_queueing(struct cause_finding *finding, const struct symptoms *symptoms)
{
    if (finding->queued) {
        add(finding, "queue_busy_share", symptoms->queueing.busy_share);
    }
    if (finding->queued && cpu_queueing_explains(&symptoms->queueing)) {
        add(finding, "queueing_expected_ns", symptoms->queueing.expected_ns);
        add(finding, "response_mean_ns", histogram_mean(&symptoms->step->load.response));
    }
}

/* Of the active sessions: how many waited in the database, and for what. */
static void add_waits(struct cause_finding *finding, const struct dependency_usage *database)
{
    const struct {
        const char *key;
        double sessions;
    } waits[] = {
        {"sessions_on_locks_share", database->sessions_on_locks},
        {"sessions_on_inner_share", database->sessions_on_inner},
        {"sessions_on_disk_share", database->sessions_on_disk},
    };

    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
        if (waits[i].sessions > 0) {
            add(finding, waits[i].key, waits[i].sessions / database->sessions_active);
        }
    }
}

static void add_dependency(struct cause_finding *finding, const struct dependency_usage *dependency)
{
    if (dependency->name == NULL) {
        return;
    }
    add(finding, "dependency_time_share", dependency->time_share);
    if (dependency->call_ns > 0) {
        add(finding, "dependency_call_ns", dependency->call_ns);
        add(finding, "dependency_calls_in_flight", dependency->calls_in_flight);
    }
    if (dependency->sessions > 0) {
        add(finding, "database_sessions", dependency->sessions);
        add(finding, "sessions_active_share", dependency->sessions_active / dependency->sessions);
        add_waits(finding, dependency);
    }
}

static void add_counts(struct cause_finding *finding, const struct symptoms *symptoms)
{
    const struct host_usage *host = &symptoms->usage->host;
    bool exhausted = symptoms_file_descriptors_exhausted(symptoms);
    const struct {
        const char *key;
        uint64_t value;
        bool shown;
    } counts[] = {
        {"accept_queue_overflows", host->accept_queue_overflows, host->accept_queue_overflows > 0},
        {"accept_queue_peak", host->accept_queue_peak, backlog_overflowed(symptoms)},
        {"file_descriptors_open", host->file_descriptors_most, exhausted},
        {"file_descriptor_limit", host->file_descriptor_limit, exhausted},
        {"oom_kills", host->oom_kills, host->oom_kills > 0},
        {"group_oom_kills", host->group_oom_kills, host->group_oom_kills > 0},
        {"major_faults", host->major_faults, host->major_faults > 0},
        {"swap_bytes", symptoms->step->memory.swap_bytes, symptoms_swapped(symptoms)},
        {"tcp_retransmits", host->retransmits, host->retransmits > 0},
    };

    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        if (counts[i].shown) {
            add(finding, counts[i].key, (double)counts[i].value);
        }
    }
}

/* What its runtime says of itself supports a cause that other figures name. */
static void add_runtime(struct cause_finding *finding, const struct runtime_usage *runtime)
{
    const struct {
        const char *key;
        double value;
    } figures[] = {
        {"event_loop_lag_ns", runtime->event_loop_lag_ns},
        {"gc_share", runtime->gc_share},
        {"gc_runs", runtime->gc_runs},
        {"goroutines", runtime->goroutines},
        {"pool_active", runtime->pool_active},
        {"pool_connections", runtime->pool_connections},
        {"pool_waiting", runtime->pool_waiting},
    };

    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++) {
        add(finding, figures[i].key, figures[i].value);
    }
}

void evidence_gather(struct cause_finding *finding, const struct symptoms *symptoms)
{
    add_death(finding, &symptoms->step->death);
    add_responses(finding, symptoms);
    if (symptoms->usage->host.known) {
        add_memory(finding, symptoms);
        add_cpu(finding, symptoms);
        add_moments(finding, symptoms);
        add_rates(finding, symptoms);
        add_link(finding, symptoms);
        add_queueing(finding, symptoms);
        add_dependency(finding, &symptoms->usage->dependency);
        add_counts(finding, symptoms);
    }
    add_runtime(finding, &symptoms->usage->runtime);
}
