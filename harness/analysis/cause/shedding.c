#include "analysis/cause/shedding.h"

#include <stddef.h>

/* Of all that failed, so much was refused; and of all refusals, so much has one status. */
#define REFUSED_LEAST 0.5
#define ONE_STATUS    0.8

/* A refusal takes no longer than so many times what others take, and a little. */
#define FAST_RATIO 1.5
#define FAST_NS    5e6

/* At half the load, or less, the share that failed was at most so much of what it is here. */
#define GROWN_LEAST 0.5

static bool in_time(const struct step_verdict *verdict)
{
    for (size_t i = 0; i < verdict->breach_count; i++) {
        if (verdict->breaches[i].limit == LIMIT_LATENCY || verdict->breaches[i].limit == LIMIT_QUEUE) {
            return false;
        }
    }
    return true;
}

static bool fast(const struct load_record *load, const struct status_count *refused)
{
    double total = (double)load->response.total, count = (double)refused->count;

    if (total <= count) {
        return false;
    }
    double others_ns = (histogram_mean(&load->response) * total - (double)refused->time_ns) / (total - count);
    return (double)refused->time_ns / count <= FAST_RATIO * others_ns + FAST_NS;
}

static double failed_share(const struct tally *tally)
{
    return tally->offered > 0 ? (double)tally_failed(tally) / (double)tally->offered : 0;
}

static bool with_load_only(const struct symptoms *symptoms)
{
    const struct context_step *lower = context_lower(symptoms->context, symptoms->step);
    return lower == NULL ||
           failed_share(&lower->record->load.tally) <= GROWN_LEAST * failed_share(&symptoms->step->load.tally);
}

bool shedding_found(const struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    const struct status_count *refused = &load->statuses.counts[0];
    double all = (double)load->tally.failures[FAILURE_STATUS];

    if (!load->detailed || load->statuses.count == 0 || refused->status < 400 || load->tally.good == 0) {
        return false;
    }
    return all >= REFUSED_LEAST * (double)tally_failed(&load->tally) && (double)refused->count >= ONE_STATUS * all &&
           in_time(symptoms->verdict) && fast(load, refused) && with_load_only(symptoms);
}
