#include "analysis/capacity/stalls.h"

#include "analysis/capacity/capacity.h"
#include "analysis/usage/memory_usage.h"
#include "analysis/usage/sample_range.h"
#include "base/list.h"

/* The same of the limits of single requests, of which only those that break have a moment. */
static bool own_violated(const struct step_finding *step, struct stall_finding *stall)
{
    const struct step_verdict *verdict = &step->verdict;

    for (size_t i = 0; i < verdict->breach_count; i++) {
        const struct breach *breach = &verdict->breaches[i];
        if (breach->request != NULL && (stall->at_ns == 0 || breach->at_ns < stall->at_ns)) {
            stall->limit = breach->limit;
            stall->request = breach->request;
            stall->at_ns = breach->at_ns;
            return true;
        }
    }
    return false;
}

/* The limit on requests that the step was above, the first one by when it was violated. */
static bool violated(const struct step_finding *step, const struct limits *limits, struct stall_finding *stall)
{
    bool found = false;

    for (size_t i = 0; i < LIMITS_ON_REQUESTS; i++) {
        if (step->verdict.limits[limits_on_requests[i]].over) {
            uint64_t at_ns = breach_first_ns(step->record, limits, limits_on_requests[i]);
            if (!found || at_ns < stall->at_ns) {
                stall->limit = limits_on_requests[i];
                stall->at_ns = at_ns;
            }
            found = true;
        }
    }
    return own_violated(step, stall) || found;
}

/* The longest silence in or right after the interval in which the limit was violated first: its requests waited for its
 * end. Where the record has none, the interval, and the longest response time. */
static void find_moment(const struct load_record *load, struct stall_finding *stall)
{
    uint64_t end_ns = stall->at_ns, most_ns = load->response.max;
    const struct stall *longest = NULL;

    stall->at_ns = end_ns > load->interval_ns ? end_ns - load->interval_ns : 0;
    stall->length_ns = most_ns;
    for (size_t i = 0; i < load->stalls.count; i++) {
        const struct stall *each = &load->stalls.stalls[i];
        bool there = each->at_ns + each->length_ns >= stall->at_ns && each->at_ns <= end_ns + most_ns;
        if (there && (longest == NULL || each->length_ns > longest->length_ns)) {
            longest = each;
        }
    }
    if (longest != NULL) {
        stall->at_ns = longest->at_ns;
        stall->length_ns = longest->length_ns;
    }
}

static uint64_t memory_at(const struct step_record *step, uint64_t at_ns)
{
    size_t index, count = sample_range_find(step, at_ns, at_ns, &index);
    struct sample sample = {.absent = SAMPLE_ALL};

    if (count > 0) {
        sample = step_record_sample(step, index);
    }
    bool read = (sample.absent & SAMPLE_MEMORY) == 0;
    return read ? (uint64_t)memory_usage_bytes(&step->memory, sample.rss_bytes) : 0;
}

static void read_host(const struct step_record *step, const struct stall_terms *terms, struct stall_finding *stall)
{
    struct stall_host host = {0};
    struct disturbance taken;

    if (sample_range_around(step, stall->at_ns, stall->at_ns + stall->length_ns, &host.from_ns, &host.to_ns)) {
        host_usage_between(step, terms->service_core_count, host.from_ns, host.to_ns, &host.usage);
    }
    if (host.usage.known) {
        disturbance_find(&step->load,
                         &(struct disturbance_terms){.host = &host.usage,
                                                     .service_core_count = terms->service_core_count,
                                                     .cores_shared = terms->cores_shared},
                         &taken);
        host.known = true;
        host.foreign_share = taken.shares[DISTURBANCE_FOREIGN];
        host.steal_share = taken.shares[DISTURBANCE_STEAL];
        host.memory_before_bytes = memory_at(step, host.from_ns);
        host.memory_after_bytes = memory_at(step, host.to_ns);
        stall->host = host;
    }
}

void stalls_find(struct backend_finding *finding, const struct stall_terms *terms)
{
    for (size_t i = 0; i < finding->step_count; i++) {
        const struct step_finding *step = &finding->steps[i];
        const struct trial_capacity *trial = capacity_in(finding, step->record->trial);
        bool counts = trial != NULL && step->verdict.verdict != VERDICT_INVALID && !step->record->death.died &&
                      !capacity_was_cold(trial->steps, trial->step_count, (size_t)(step - trial->steps));
        struct stall_finding stall = {.trial = step->record->trial, .level = step->record->level, .step = step};
        if (counts && step->record->level <= trial->holds_at && violated(step, terms->limits, &stall)) {
            find_moment(&step->record->load, &stall);
            read_host(step->record, terms, &stall);
            *list_add(finding->stalls, finding->stall_count) = stall;
        }
    }
}
