#include "analysis/usage/dependency_cpu.h"

#include "analysis/usage/counter.h"

#include <stddef.h>

/* Both moments are on the clock of the samples. */
static bool measure(const struct dependency_load *load, uint64_t start_ns, uint64_t end_ns,
                    struct dependency_cpu *ret_dependency)
{
    const struct dependency_sample *first = NULL, *last = NULL;
    double busiest_ns = 0;

    for (size_t i = 0; i < load->sample_count; i++) {
        const struct dependency_sample *sample = &load->samples[i];
        if (sample->at_ns < start_ns || sample->at_ns > end_ns) {
            continue;
        }
        if (first == NULL) {
            first = sample;
        } else {
            busiest_ns += (double)sample->busiest_thread_cpu_ns;
        }
        last = sample;
    }
    if (first == NULL || last->at_ns <= first->at_ns) {
        return false;
    }
    double time_ns = counter_amount(first->at_ns, last->at_ns);
    double cores = counter_amount(first->cpu_ns, last->cpu_ns) / time_ns;
    *ret_dependency = (struct dependency_cpu){.name = load->name,
                                              .cores = cores,
                                              .cores_share = load->cores > 0 ? cores / load->cores : 0,
                                              .busiest_thread_share = busiest_ns / time_ns,
                                              .shared = load->shared};
    return true;
}

bool dependency_cpu_find(const struct step_record *step, struct dependency_cpu *ret_dependency)
{
    uint64_t start_ns = step->load.started_ns, end_ns = start_ns + step->load.measured_ns;
    struct dependency_cpu most = {0}, one;

    for (size_t i = 0; i < step->dependency_count; i++) {
        if (measure(&step->dependencies[i], start_ns, end_ns, &one) &&
            (most.name == NULL || one.cores_share > most.cores_share)) {
            most = one;
        }
    }
    if (most.name != NULL) {
        *ret_dependency = most;
    }
    return most.name != NULL;
}

double dependency_cpu_on_service_cores(const struct step_record *step, uint64_t from_ns, uint64_t to_ns)
{
    uint64_t start_ns = step->load.started_ns;
    struct dependency_cpu one;
    double cores = 0;

    for (size_t i = 0; i < step->dependency_count; i++) {
        if (step->dependencies[i].shared &&
            measure(&step->dependencies[i], start_ns + from_ns, start_ns + to_ns, &one)) {
            cores += one.cores;
        }
    }
    return cores;
}
