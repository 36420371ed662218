#include "analysis/usage/step_usage.h"

#include "analysis/usage/counter.h"

#include <stddef.h>

/* A process that is killed in the warm-up is gone in the measured part. Its own groups cannot be read any more once it
 * is gone. */
static void count_kills(const struct step_record *step, struct host_usage *host)
{
    struct sample first = {.absent = SAMPLE_ALL}, first_group = first;

    for (size_t i = 0; i < step->sample_count; i++) {
        struct sample sample = step_record_sample(step, i);
        first = (first.absent & SAMPLE_MACHINE) != 0 ? sample : first;
        first_group = (first_group.absent & SAMPLE_GROUP) != 0 ? sample : first_group;
        uint64_t kills = counter_growth(first.oom_kills, sample.oom_kills);
        uint64_t own = counter_growth(first_group.service_group_oom_kills, sample.service_group_oom_kills);
        host->oom_kills = kills > host->oom_kills ? kills : host->oom_kills;
        host->group_oom_kills = own > host->group_oom_kills ? own : host->group_oom_kills;
    }
}

void step_usage_find(const struct step_record *step, unsigned service_core_count, struct step_usage *ret_usage)
{
    *ret_usage = (struct step_usage){.cores = service_core_count};
    host_usage_between(step, service_core_count, 0, step->load.measured_ns, &ret_usage->host);
    if (ret_usage->host.known) {
        count_kills(step, &ret_usage->host);
    }
    dependency_cpu_find(step, &ret_usage->dependency_cpu);
    dependency_usage_find(step, &ret_usage->dependency);
    runtime_usage_find(step, &ret_usage->runtime);
}

bool step_usage_dependency_saturated(const struct step_usage *usage)
{
    const struct dependency_cpu *dependency = &usage->dependency_cpu;

    if (dependency->name == NULL) {
        return false;
    }
    if (dependency->shared) {
        return usage->host.service_cores_busy >= HOST_USAGE_SATURATED && dependency->cores > usage->host.service_cores;
    }
    return dependency->cores_share >= HOST_USAGE_SATURATED || dependency->busiest_thread_share >= HOST_USAGE_SATURATED;
}
