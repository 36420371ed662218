#include "analysis/usage/step_usage.h"

void step_usage_find(const struct step_record *step, unsigned service_core_count, struct step_usage *ret_usage)
{
    *ret_usage = (struct step_usage){.cores = service_core_count};
    host_usage_between(step, service_core_count, 0, step->load.measured_ns, &ret_usage->host);
    dependency_cpu_find(step, &ret_usage->dependency_cpu);
    dependency_usage_find(step, &ret_usage->dependency);
}
