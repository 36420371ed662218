#include "analysis/clues.h"

#include "analysis/raised_traffic.h"

#define BREAKING_LEAD_NS (500 * UINT64_C(1000000))
#define BREAKING_NS      UINT64_C(1000000000)

static void find_breaking(struct clues *clues)
{
    const struct load_record *load = &clues->step->load;
    uint64_t at_ns = clues->verdict->breach_count > 0 ? clues->verdict->breaches[0].at_ns : 0;
    uint64_t lead_ns = load->window_ns > BREAKING_LEAD_NS ? load->window_ns : BREAKING_LEAD_NS;
    uint64_t from_ns = at_ns > lead_ns ? at_ns - lead_ns : 0;
    uint64_t to_ns = at_ns + BREAKING_NS < load->measured_ns ? at_ns + BREAKING_NS : load->measured_ns;

    if (to_ns >= from_ns + BREAKING_NS / 2) {
        load_on_host_between(clues->step, clues->cores, from_ns, to_ns, &clues->breaking);
    }
}

static void find_raised(struct clues *clues)
{
    struct raised_part part;

    if (clues->verdict->breach_count > 0 &&
        raised_traffic_at(&clues->step->load, clues->verdict->breaches[0].at_ns, &part)) {
        load_on_host_between(clues->step, clues->cores, part.from_ns, part.to_ns, &clues->raised);
    }
}

void clues_gather(struct clues *clues, const struct step_record *step, const struct step_verdict *verdict,
                  unsigned service_core_count)
{
    *clues = (struct clues){.step = step, .verdict = verdict, .cores = service_core_count};
    load_on_host(step, service_core_count, &clues->host);
    dependency_on_host(step, &clues->dependency);
    load_at_dependency(step, &clues->at);
    find_breaking(clues);
    find_raised(clues);
    cpu_queue_find(step, &clues->host, service_core_count, &clues->queue);
}
