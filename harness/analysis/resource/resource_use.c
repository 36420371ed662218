#include "analysis/resource/resource_use.h"

#include "analysis/forecast/forecast.h"
#include "analysis/forecast/forecast_signal.h"
#include "analysis/usage/memory_usage.h"
#include "analysis/usage/service_place.h"
#include "base/mem.h"
#include "stats/sample.h"

#include <math.h>
#include <stdlib.h>

/* One thread does nearly all of the work from this share of it on. With less the cores are used up before it is. */
#define ALONE_SHARE 0.8

static const struct resource_use unknown = {.used = NAN, .most = NAN};

static bool beyond(double used, double most)
{
    return used >= most; /* false where one is not known */
}

/* What the service used, by the means over the step, or over its spikes. */
static struct forecast seen_of(const struct findings *findings, const struct step_finding *step)
{
    struct forecast_point point;

    if (findings->scenario.spikes > 0) {
        forecast_observe_spikes(step->record, &step->usage, &point);
    } else {
        forecast_observe(step->record, &step->usage, &point);
    }
    return point.seen;
}

/* ---- CPU -------------------------------------------------------------------------------------------------------- */

/* With the dependencies that share the cores, and the kernel's receiving of packets where it is not the service's own
 * CPU already: both grow with the load. Other work on the cores comes and goes. */
static struct resource_use cpu_of(const struct findings *findings, const struct step_finding *step)
{
    const struct host_usage *host = &step->usage.host;
    unsigned cores = step->usage.cores;
    struct resource_use use = unknown;

    if (host_usage_has(host, SAMPLE_CPU) && cores > 0) {
        double beside = dependency_cpu_on_service_cores(step->record, 0, step->record->load.measured_ns);
        bool machine = host_usage_has(host, SAMPLE_MACHINE);
        double receiving = machine ? fmin(host->kernel_cores, host->foreign_cores) : 0;
        use.known = true;
        use.used = fmin(seen_of(findings, step).service_cores + beside + receiving, cores);
        use.most = HOST_USAGE_SATURATED * cores;
        use.exhausted = host_usage_cores_saturated(host, cores) || beyond(use.used, use.most);
    }
    return use;
}

/* Where all cores are used up it says nothing more that one thread has one of them. */
static struct resource_use thread_of(const struct findings *findings, const struct step_finding *step)
{
    const struct host_usage *host = &step->usage.host;
    struct forecast seen = seen_of(findings, step);
    struct resource_use use = unknown;

    if (host_usage_has(host, SAMPLE_THREADS) && step->usage.cores > 1 && !cpu_of(findings, step).exhausted) {
        use.known = true;
        use.most = HOST_USAGE_SATURATED;
        use.exhausted = host_usage_thread_saturated(host) || beyond(seen.busiest_thread, use.most);
        if (use.exhausted || seen.busiest_thread >= ALONE_SHARE * seen.service_cores) {
            use.used = seen.busiest_thread;
        }
    }
    return use;
}

static struct resource_use quota_of(const struct step_finding *step)
{
    const struct host_usage *host = &step->usage.host;
    struct resource_use use = unknown;

    if (host_usage_has(host, SAMPLE_GROUP) && (host->quota_cores > 0 || host_usage_throttled(host))) {
        use.known = true;
        use.used = host->service_cores;
        use.most = host->quota_cores > 0 ? HOST_USAGE_SATURATED * host->quota_cores : NAN;
        use.exhausted = host_usage_throttled(host) || beyond(use.used, use.most);
    }
    return use;
}

/* ---- amounts ---------------------------------------------------------------------------------------------------- */

static double lower_limit(double limit, uint64_t bytes)
{
    return bytes > 0 ? fmin(limit, (double)bytes) : limit;
}

static struct resource_use memory_of(const struct findings *findings, const struct step_finding *step)
{
    const struct machine *machine = &findings->log->run.machine;
    const struct host_usage *host = &step->usage.host;
    struct resource_use use = unknown;

    if (host->known && host->rss_peak_bytes > 0) {
        double most = lower_limit(INFINITY, findings->scenario.limits.memory_bytes);
        most = lower_limit(most, host->memory_limit_bytes);
        if (service_place_find(findings->log, step->record->backend).here) {
            most = lower_limit(most, machine->group_memory_limit_bytes);
            most = lower_limit(most, machine->memory_bytes);
        }
        use.known = true;
        use.used = memory_usage_bytes(&step->record->memory, host->rss_peak_bytes);
        use.most = isfinite(most) ? most : NAN;
        use.exhausted = use.used > use.most || host->group_oom_kills > 0;
    }
    return use;
}

static struct resource_use file_descriptors_of(const struct step_finding *step)
{
    const struct host_usage *host = &step->usage.host;
    struct resource_use use = unknown;

    if (host->known && host->file_descriptor_limit > 0) {
        use.known = true;
        use.used = (double)host->file_descriptors_most;
        use.most = (double)host->file_descriptor_limit;
        use.exhausted = host_usage_file_descriptors_exhausted(host);
    }
    return use;
}

/* How long the queue may become is not read: only that it was full shows it. */
static struct resource_use accept_queue_of(const struct step_finding *step)
{
    const struct host_usage *host = &step->usage.host;
    struct resource_use use = unknown;

    if (host_usage_has(host, SAMPLE_ACCEPT_QUEUE) && host_usage_has(host, SAMPLE_MACHINE)) {
        use.known = true;
        use.exhausted = host->accept_queue_overflows > 0 && host->accept_queue_peak > 0;
    }
    return use;
}

/* ---- at work at a time ------------------------------------------------------------------------------------------ */

/* The requests that were due and not resolved at the end of an interval, in the middle one of the intervals: a stall
 * fills all connections for its moment, at any load. Of spikes it is the interval with most. */
static double usually_in_flight(const struct load_record *load, bool spikes)
{
    double *in_flight = mem_new(load->interval_count, sizeof *in_flight);

    for (size_t i = 0; i < load->interval_count; i++) {
        in_flight[i] = (double)load->intervals[i].in_flight;
    }
    sample_sort(in_flight, load->interval_count);
    double usual = spikes ? in_flight[load->interval_count - 1] : sample_median(in_flight, load->interval_count);
    free(in_flight);
    return usual;
}

/* Where connections double themselves, they are no resource beside the load. */
static struct resource_use connections_of(const struct findings *findings, const struct step_finding *step)
{
    const struct load_record *load = &step->record->load;
    struct resource_use use = unknown;
    enum doubling doubling = findings->scenario.doubling;
    bool given =
        findings->scenario.connections_most > 0 && doubling != DOUBLING_OPEN && doubling != DOUBLING_SUBSCRIBERS;

    if (given && load->interval_count > 0) {
        double usual = usually_in_flight(load, findings->scenario.spikes > 0);
        use.known = true;
        use.most = findings->scenario.connections_most;
        use.used = fmin(usual, use.most);
        use.exhausted = beyond(usual, use.most) && load->connections >= findings->scenario.connections_most;
    }
    return use;
}

/* By the contract of the samples a pool has so many sessions a core. One that is smaller shows when all are at work. */
static struct resource_use pool_of(const struct findings *findings, const struct step_finding *step)
{
    const struct dependency_usage *database = &step->usage.dependency;
    struct resource_use use = unknown;

    if (database->name != NULL && database->sessions > 0) {
        use.known = true;
        use.used = database->sessions_active;
        use.exhausted = beyond(use.used, STEP_USAGE_POOL_EXHAUSTED * database->sessions);
        if (findings->scenario.needs.database) {
            const struct forecast_terms terms = {.service_core_count = step->usage.cores,
                                                 .quota_cores = step->usage.host.quota_cores};
            use.most = STEP_USAGE_POOL_EXHAUSTED * NEEDS_SESSIONS_A_CORE * ceil(forecast_cores(&terms));
        }
    }
    return use;
}

/* The largest share that was used of anything it has. On the service's cores its CPU is the service's as well, and only
 * the step in which they are used up says by whom. */
static struct resource_use dependency_of(const struct findings *findings, const struct step_finding *step)
{
    const struct dependency_cpu *cpu = &step->usage.dependency_cpu;
    const struct dependency_usage *usage = &step->usage.dependency;
    uint64_t places = findings->scenario.needs.upstream_at_once;
    struct resource_use use = unknown;

    if (cpu->name != NULL || usage->name != NULL) {
        use.known = true;
        use.most = HOST_USAGE_SATURATED;
        if (cpu->name != NULL && !cpu->shared) {
            use.used = fmax(cpu->cores_share, cpu->busiest_thread_share);
        }
        if (usage->name != NULL && places > 0) {
            use.used = fmax(use.used, usage->calls_in_flight / (double)places);
        }
        use.exhausted = step_usage_dependency_saturated(&step->usage) || beyond(use.used, use.most);
    }
    return use;
}

/* Of a link whose rate its hardware tells. */
static struct resource_use network_of(const struct step_finding *step)
{
    const struct host_usage *host = &step->usage.host;
    struct resource_use use = unknown;

    if (host->known && host->link_share > 0) {
        use.known = true;
        use.most = HOST_USAGE_SATURATED;
        use.used = host->link_share;
        use.exhausted = host_usage_link_full(host);
    }
    return use;
}

/* ---- */

void resource_use_find(const struct findings *findings, const struct step_finding *step, enum resource resource,
                       struct resource_use *ret_use)
{
    switch (resource) {
    case RESOURCE_CPU:
        *ret_use = cpu_of(findings, step);
        return;
    case RESOURCE_THREAD:
        *ret_use = thread_of(findings, step);
        return;
    case RESOURCE_QUOTA:
        *ret_use = quota_of(step);
        return;
    case RESOURCE_MEMORY:
        *ret_use = memory_of(findings, step);
        return;
    case RESOURCE_FILE_DESCRIPTORS:
        *ret_use = file_descriptors_of(step);
        return;
    case RESOURCE_ACCEPT_QUEUE:
        *ret_use = accept_queue_of(step);
        return;
    case RESOURCE_CONNECTIONS:
        *ret_use = connections_of(findings, step);
        return;
    case RESOURCE_POOL:
        *ret_use = pool_of(findings, step);
        return;
    case RESOURCE_DEPENDENCY:
        *ret_use = dependency_of(findings, step);
        return;
    case RESOURCE_NETWORK:
        *ret_use = network_of(step);
        return;
    case RESOURCE_COUNT:
        break;
    }
    *ret_use = unknown;
}

bool resource_use_lasts(enum resource resource)
{
    return resource == RESOURCE_MEMORY || resource == RESOURCE_FILE_DESCRIPTORS;
}
