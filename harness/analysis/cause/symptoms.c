#include "analysis/cause/symptoms.h"

#include "analysis/usage/counter.h"
#include "analysis/usage/spikes.h"

#define BREAKING_LEAD_NS (500 * UINT64_C(1000000))
#define BREAKING_NS      UINT64_C(1000000000)

/* Pages swapped in and out during a step that say nothing yet. */
#define SWAPPED_MOST 256

static void find_breaking(struct symptoms *symptoms, uint64_t at_ns)
{
    const struct load_record *load = &symptoms->step->load;
    uint64_t lead_ns = load->interval_ns > BREAKING_LEAD_NS ? load->interval_ns : BREAKING_LEAD_NS;
    uint64_t from_ns = counter_growth(lead_ns, at_ns);
    uint64_t to_ns = at_ns + BREAKING_NS < load->measured_ns ? at_ns + BREAKING_NS : load->measured_ns;

    if (to_ns >= from_ns + BREAKING_NS / 2) {
        host_usage_between(symptoms->step, symptoms->usage->cores, from_ns, to_ns, &symptoms->breaking);
    }
}

static void find_spike(struct symptoms *symptoms, uint64_t at_ns)
{
    struct spike spike;

    if (spikes_at(&symptoms->step->load, at_ns, &spike)) {
        host_usage_between(symptoms->step, symptoms->usage->cores, spike.from_ns, spike.to_ns, &symptoms->spike);
    }
}

void symptoms_gather(struct symptoms *symptoms, const struct step_record *step, const struct step_verdict *verdict,
                     const struct step_usage *usage)
{
    *symptoms = (struct symptoms){.step = step, .verdict = verdict, .usage = usage};
    if (verdict->breach_count > 0) {
        find_breaking(symptoms, verdict->breaches[0].at_ns);
        find_spike(symptoms, verdict->breaches[0].at_ns);
    }
    cpu_queueing_find(step, &usage->host, usage->cores, &symptoms->queueing);
}

bool symptoms_memory_broke_first(const struct symptoms *symptoms)
{
    const struct step_verdict *verdict = symptoms->verdict;

    return verdict->breach_count > 0 &&
           (verdict->breaches[0].limit == LIMIT_MEMORY || verdict->breaches[0].limit == LIMIT_GROWTH);
}

bool symptoms_swapped(const struct symptoms *symptoms)
{
    return symptoms->step->memory.swap_bytes > 0 && symptoms->usage->host.swapped_pages > SWAPPED_MOST;
}

bool symptoms_file_descriptors_exhausted(const struct symptoms *symptoms)
{
    return host_usage_file_descriptors_exhausted(&symptoms->usage->host);
}
