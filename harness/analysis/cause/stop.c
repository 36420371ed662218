#include "analysis/cause/stop.h"

/* A process that was seen stopped was so for a tenth of a second, or near that, at least. */
#define STALL_NS 50000000

/* Seen stopped in more than this share of the samples while most was served, it is one that serves nobody. */
#define ALWAYS 0.95

static bool stalled(const struct load_record *load)
{
    for (size_t i = 0; i < load->stalls.count; i++) {
        if (load->stalls.stalls[i].length_ns >= STALL_NS) {
            return true;
        }
    }
    return !load->detailed;
}

bool stop_found(const struct symptoms *symptoms)
{
    const struct load_record *load = &symptoms->step->load;
    double share = symptoms->usage->host.stopped_share;
    bool served = 2 * load->tally.completed > load->tally.offered;

    return share > 0 && symptoms_late(symptoms) && stalled(load) && (share < ALWAYS || !served);
}
