#include "analysis/on_host.h"

/* The first and last sample inside the measured part; false where there are not two. */
static bool measured_samples(const struct step_record *step, size_t *ret_first, size_t *ret_last)
{
    uint64_t start_ns = step->load.started_ns, end_ns = start_ns + step->load.measured_ns;
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

static double growth(uint64_t from, uint64_t to)
{
    return to > from ? (double)(to - from) : 0;
}

static void follow_samples(const struct step_record *step, size_t first, size_t last, struct load_on_host *load)
{
    double busiest_ns = 0;
    load->rss_first_bytes = step->samples[first].rss_bytes;
    for (size_t i = first; i <= last; i++) {
        const struct sample *sample = &step->samples[i];
        load->rss_peak_bytes = sample->rss_bytes > load->rss_peak_bytes ? sample->rss_bytes : load->rss_peak_bytes;
        load->descriptors_peak =
            sample->descriptors > load->descriptors_peak ? sample->descriptors : load->descriptors_peak;
        busiest_ns += i > first ? (double)sample->busiest_thread_cpu_ns : 0;
    }
    load->busiest_thread_share = busiest_ns / growth(step->samples[first].at_ns, step->samples[last].at_ns);
}

void load_on_host(const struct step_record *step, unsigned service_core_count, struct load_on_host *ret_load)
{
    struct load_on_host load = {0};
    size_t first, last;

    if (measured_samples(step, &first, &last)) {
        const struct sample *from = &step->samples[first], *to = &step->samples[last];
        double time_ns = growth(from->at_ns, to->at_ns);
        double cores_ns = time_ns * service_core_count;
        double busy_ns = growth(from->service_cores_busy_ns, to->service_cores_busy_ns);
        double own_ns = growth(from->cpu_ns, to->cpu_ns);

        load.known = true;
        follow_samples(step, first, last, &load);
        load.service_cores = own_ns / time_ns;
        load.service_cores_busy = busy_ns / cores_ns;
        load.run_delay_share = growth(from->run_delay_ns, to->run_delay_ns) / time_ns;
        load.listen_overflows = (uint64_t)growth(from->listen_overflows, to->listen_overflows);
        load.retransmits = (uint64_t)growth(from->retransmits, to->retransmits);
        load.steal_share = growth(from->steal_ns, to->steal_ns) / time_ns;
        load.foreign_cores = busy_ns > own_ns ? (busy_ns - own_ns) / time_ns : 0;
    }
    *ret_load = load;
}
