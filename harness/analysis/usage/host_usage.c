#include "analysis/usage/host_usage.h"

#include <math.h>

/* The first and last sample between two moments of the measured part; false where there are not two. */
static bool samples_between(const struct step_record *step, uint64_t from_ns, uint64_t to_ns, size_t *ret_first,
                            size_t *ret_last)
{
    uint64_t start_ns = step->load.started_ns + from_ns, end_ns = step->load.started_ns + to_ns;
    size_t first = 0, last;

    while (first < step->sample_count && step->samples[first].at_ns < start_ns) {
        first++;
    }
    last = first;
    while (last + 1 < step->sample_count && step->samples[last + 1].at_ns <= end_ns) {
        last++;
    }
    *ret_first = first;
    *ret_last = last;
    return last < step->sample_count && step->samples[last].at_ns > step->samples[first].at_ns;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static void follow_descriptors(const struct sample *sample, struct host_usage *load)
{
    double share = (double)sample->descriptors_most * (double)load->descriptor_limit;
    double most = (double)load->descriptors_most * (double)sample->descriptor_limit;

    load->descriptors_peak = larger(load->descriptors_peak, sample->descriptors);
    if (sample->descriptor_limit > 0 && (load->descriptor_limit == 0 || share > most)) {
        load->descriptors_most = sample->descriptors_most;
        load->descriptor_limit = sample->descriptor_limit;
    }
}

static double growth(uint64_t from, uint64_t to)
{
    return to > from ? (double)(to - from) : 0;
}

static void follow_samples(const struct step_record *step, size_t first, size_t last, struct host_usage *load)
{
    double busiest_ns = 0, cost_ns = 0;
    load->rss_first_bytes = step->samples[first].rss_bytes;
    for (size_t i = first; i <= last; i++) {
        const struct sample *sample = &step->samples[i];
        load->rss_peak_bytes = larger(load->rss_peak_bytes, sample->rss_bytes);
        load->accept_queue_peak = larger(load->accept_queue_peak, sample->accept_queue);
        follow_descriptors(sample, load);
        busiest_ns += i > first ? (double)sample->busiest_thread_cpu_ns : 0;
        cost_ns += i > first ? (double)sample->cost_ns : 0;
    }
    double time_ns = growth(step->samples[first].at_ns, step->samples[last].at_ns);
    load->busiest_thread_share = busiest_ns / time_ns;
    load->sampling_share = cost_ns / time_ns;
}

static void compare(const struct sample *from, const struct sample *to, unsigned service_core_count,
                    struct host_usage *load)
{
    double time_ns = growth(from->at_ns, to->at_ns);
    double busy_ns = growth(from->service_cores_busy_ns, to->service_cores_busy_ns);
    double own_ns = growth(from->cpu_ns, to->cpu_ns);

    load->known = true;
    load->service_cores = own_ns / time_ns;
    load->service_cores_busy = busy_ns / (time_ns * service_core_count);
    load->kernel_cores = growth(from->service_cores_kernel_ns, to->service_cores_kernel_ns) / time_ns;
    load->run_delay_share = growth(from->run_delay_ns, to->run_delay_ns) / time_ns;
    load->listen_overflows = (uint64_t)growth(from->listen_overflows, to->listen_overflows);
    load->retransmits = (uint64_t)growth(from->retransmits, to->retransmits);
    load->oom_kills = (uint64_t)growth(from->oom_kills, to->oom_kills);
    load->swapped_pages = (uint64_t)growth(from->swapped_pages, to->swapped_pages);
    load->throttled_share = growth(from->group_throttled_ns, to->group_throttled_ns) / time_ns;
    load->steal_share = growth(from->steal_ns, to->steal_ns) / time_ns;
    load->service_steal_cores = growth(from->service_cores_steal_ns, to->service_cores_steal_ns) / time_ns;
    load->foreign_cores = busy_ns > own_ns ? (busy_ns - own_ns) / time_ns : 0;
}

/* --- dependencies ------------------------------------------------------------------------------------------------ */

/* CPU that one used between two moments of the measured part. */
static bool follow_dependency(const struct dependency_load *load, uint64_t start_ns, uint64_t end_ns,
                              struct dependency_host_usage *ret_dependency)
{
    const struct dependency_sample *from = NULL, *to = NULL;
    double busiest_ns = 0;

    for (size_t i = 0; i < load->sample_count; i++) {
        const struct dependency_sample *sample = &load->samples[i];
        if (sample->at_ns < start_ns || sample->at_ns > end_ns) {
            continue;
        }
        busiest_ns += from != NULL ? (double)sample->busiest_thread_cpu_ns : 0;
        from = from != NULL ? from : sample;
        to = sample;
    }
    if (from == NULL || to->at_ns <= from->at_ns) {
        return false;
    }
    double time_ns = growth(from->at_ns, to->at_ns);
    double cores = growth(from->cpu_ns, to->cpu_ns) / time_ns;
    *ret_dependency = (struct dependency_host_usage){.name = load->name,
                                                     .cores = cores,
                                                     .cores_share = load->cores > 0 ? cores / load->cores : 0,
                                                     .busiest_thread_share = busiest_ns / time_ns,
                                                     .shared = load->shared};
    return true;
}

bool dependency_host_usage_find(const struct step_record *step, struct dependency_host_usage *ret_dependency)
{
    uint64_t start_ns = step->load.started_ns, end_ns = start_ns + step->load.measured_ns;
    struct dependency_host_usage most = {0}, one;

    for (size_t i = 0; i < step->dependency_count; i++) {
        if (follow_dependency(&step->dependencies[i], start_ns, end_ns, &one) &&
            (most.name == NULL || one.cores_share > most.cores_share)) {
            most = one;
        }
    }
    if (most.name != NULL) {
        *ret_dependency = most;
    }
    return most.name != NULL;
}

/* Cores' worth that dependencies used of the service's cores: no work of strangers. */
static double dependencies_beside(const struct step_record *step, uint64_t from_ns, uint64_t to_ns)
{
    uint64_t start_ns = step->load.started_ns;
    struct dependency_host_usage one;
    double cores = 0;

    for (size_t i = 0; i < step->dependency_count; i++) {
        if (step->dependencies[i].shared &&
            follow_dependency(&step->dependencies[i], start_ns + from_ns, start_ns + to_ns, &one)) {
            cores += one.cores;
        }
    }
    return cores;
}

/* The kernel charges a core's time tick by tick, to whoever runs when the tick comes: it misses what begins at a tick's
 * timer and ends before the next (7 % of a service's work where this was measured). A process's own time it takes at every
 * switch. So work that is known by process was done, whatever the core's count says; more than all cores it was not,
 * unless one process's count says so. */
static double known_work(const struct host_usage *load, double beside, unsigned cores)
{
    return fmax(load->service_cores, fmin(load->service_cores + beside, cores));
}

void host_usage_between(const struct step_record *step, unsigned service_core_count, uint64_t from_ns, uint64_t to_ns,
                        struct host_usage *ret_load)
{
    struct host_usage load = {0};
    size_t first, last;

    if (samples_between(step, from_ns, to_ns, &first, &last)) {
        follow_samples(step, first, last, &load);
        compare(&step->samples[first], &step->samples[last], service_core_count, &load);
    }
    double beside = dependencies_beside(step, from_ns, to_ns);
    load.foreign_cores = fmax(0, load.foreign_cores - beside);
    load.service_cores_busy =
        fmax(load.service_cores_busy, known_work(&load, beside, service_core_count) / service_core_count);
    *ret_load = load;
}

void host_usage_find(const struct step_record *step, unsigned service_core_count, struct host_usage *ret_load)
{
    host_usage_between(step, service_core_count, 0, step->load.measured_ns, ret_load);
}
