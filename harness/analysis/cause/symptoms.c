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

void symptoms_gather(struct symptoms *symptoms)
{
    const struct step_verdict *verdict = symptoms->verdict;
    const struct step_usage *usage = symptoms->usage;

    if (verdict->breach_count > 0) {
        find_breaking(symptoms, verdict->breaches[0].at_ns);
        find_spike(symptoms, verdict->breaches[0].at_ns);
    }
    cpu_queueing_find(symptoms->step, &usage->host, usage->cores, &symptoms->queueing);
    pause_find(symptoms->step, symptoms->context, &symptoms->pause);
}

/* A step that has not decided has no breach, and yet responses may be above the limit. */
static bool latency_undecided(const struct step_verdict *verdict)
{
    return verdict->breach_count == 0 && verdict->limits[LIMIT_LATENCY].over;
}

bool symptoms_late(const struct symptoms *symptoms)
{
    const struct tally *tally = &symptoms->step->load.tally;
    const struct step_verdict *verdict = symptoms->verdict;
    uint64_t late_count =
        tally->failures[FAILURE_TIMEOUT] + tally->failures[FAILURE_UNANSWERED] + tally->failures[FAILURE_UNSENT];

    for (size_t i = 0; i < verdict->breach_count; i++) {
        if (verdict->breaches[i].limit == LIMIT_LATENCY || verdict->breaches[i].limit == LIMIT_QUEUE) {
            return true;
        }
    }
    return latency_undecided(verdict) || 2 * late_count > tally_failed(tally);
}

uint64_t symptoms_allowed_ns(const struct symptoms *symptoms)
{
    const struct step_verdict *verdict = symptoms->verdict;

    for (size_t i = 0; i < verdict->breach_count; i++) {
        if (verdict->breaches[i].limit == LIMIT_LATENCY) {
            return (uint64_t)verdict->breaches[i].allowed;
        }
    }
    if (latency_undecided(verdict)) {
        return (uint64_t)verdict->limits[LIMIT_LATENCY].allowed;
    }
    return UINT64_MAX;
}

bool symptoms_paused(const struct symptoms *symptoms)
{
    return symptoms->pause.found && symptoms_late(symptoms) &&
           pause_explains(symptoms->step, symptoms_allowed_ns(symptoms));
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
