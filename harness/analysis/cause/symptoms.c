#include "analysis/cause/symptoms.h"

#include "analysis/usage/spikes.h"

#define BREAKING_LEAD_NS (500 * UINT64_C(1000000))
#define BREAKING_NS      UINT64_C(1000000000)

static void find_breaking(struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    uint64_t at_ns = symptoms->verdict->breach_count > 0 ? symptoms->verdict->breaches[0].at_ns : 0;
    uint64_t lead_ns = load->interval_ns > BREAKING_LEAD_NS ? load->interval_ns : BREAKING_LEAD_NS;
    uint64_t from_ns = at_ns > lead_ns ? at_ns - lead_ns : 0;
    uint64_t to_ns = at_ns + BREAKING_NS < load->measured_ns ? at_ns + BREAKING_NS : load->measured_ns;

    if (to_ns >= from_ns + BREAKING_NS / 2) {
        host_usage_between(symptoms->step, symptoms->cores, from_ns, to_ns, &symptoms->breaking);
    }
}

static void find_raised(struct symptoms *symptoms)
{
    struct spike part;

    if (symptoms->verdict->breach_count > 0 &&
        spikes_at(&symptoms->step->load, symptoms->verdict->breaches[0].at_ns, &part)) {
        host_usage_between(symptoms->step, symptoms->cores, part.from_ns, part.to_ns, &symptoms->raised);
    }
}

void symptoms_gather(struct symptoms *symptoms, const struct step_record *step, const struct step_verdict *verdict,
                     unsigned service_core_count)
{
    *symptoms = (struct symptoms){.step = step, .verdict = verdict, .cores = service_core_count};
    host_usage_find(step, service_core_count, &symptoms->host);
    dependency_host_usage_find(step, &symptoms->dependency);
    dependency_usage_find(step, &symptoms->at);
    find_breaking(symptoms);
    find_raised(symptoms);
    cpu_queueing_find(step, &symptoms->host, service_core_count, &symptoms->queue);
}
