#include "analysis/usage/step_usage.h"

#include <stddef.h>

void step_usage_find(const struct step_record *step, unsigned service_core_count, struct step_usage *ret_usage)
{
    *ret_usage = (struct step_usage){.cores = service_core_count};
    host_usage_between(step, service_core_count, 0, step->load.measured_ns, &ret_usage->host);
    dependency_cpu_find(step, &ret_usage->dependency_cpu);
    dependency_usage_find(step, &ret_usage->dependency);
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
