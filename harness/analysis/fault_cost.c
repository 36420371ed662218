#include "analysis/fault_cost.h"

#include "base/list.h"

#include <stdlib.h>

static struct fault_cost *cost_at(struct fault_cost **costs, size_t *count, uint64_t level)
{
    for (size_t i = 0; i < *count; i++) {
        if ((*costs)[i].level == level) {
            return &(*costs)[i];
        }
    }
    struct fault_cost *added = list_add(*costs, *count);
    *added = (struct fault_cost){.level = level};
    return added;
}

static bool is_fault(const struct traffic *traffic, size_t index)
{
    return index < traffic->request_count && traffic->requests[index].fault;
}

/* What was never sent is no request's in particular: it counts among the others. */
static void add_requests(const struct traffic *traffic, const struct load_record *load, struct fault_cost *cost)
{
    uint64_t offered = load->tally.offered, lost = tally_failed(&load->tally);

    for (size_t i = 0; i < load->request_count; i++) {
        const struct tally *tally = &load->requests[i].tally;
        if (is_fault(traffic, i)) {
            cost->faults += tally->sent;
            offered -= tally->offered < offered ? tally->offered : offered;
            lost -= tally_failed(tally) < lost ? tally_failed(tally) : lost;
        }
    }
    cost->others_offered += offered;
    cost->others_lost += lost;
}

static void add_times(const struct load_record *load, struct fault_cost *cost)
{
    for (size_t i = 0; i < load->interval_count; i++) {
        const struct tally *tally = &load->intervals[i].tally;
        if ((double)tally->good < FAULT_COST_FULL * (double)tally->offered) {
            cost->below_ns += load->interval_ns;
        }
    }
    for (size_t i = 0; i < load->stalls.count; i++) {
        uint64_t length_ns = load->stalls.stalls[i].length_ns;
        cost->silence_ns = length_ns > cost->silence_ns ? length_ns : cost->silence_ns;
    }
    cost->interval_ns = load->interval_ns > cost->interval_ns ? load->interval_ns : cost->interval_ns;
}

static int by_level(const void *left, const void *right)
{
    const struct fault_cost *a = left, *b = right;
    return (a->level > b->level) - (a->level < b->level);
}

size_t fault_costs_find(const struct findings *findings, const struct backend_finding *backend,
                        struct fault_cost **ret_costs)
{
    const struct traffic *traffic = &findings->scenario.traffic;
    struct fault_cost *costs = NULL;
    size_t count = 0, kept = 0;

    for (size_t i = 0; i < backend->step_count && scenario_has_faults(&findings->scenario); i++) {
        const struct step_finding *step = &backend->steps[i];
        if (step->verdict.verdict != VERDICT_INVALID) {
            struct fault_cost *cost = cost_at(&costs, &count, step->record->level);
            add_requests(traffic, &step->record->load, cost);
            add_times(&step->record->load, cost);
        }
    }
    for (size_t i = 0; i < count; i++) {
        if (costs[i].faults > 0) {
            costs[kept++] = costs[i];
        }
    }
    if (kept > 1) {
        qsort(costs, kept, sizeof *costs, by_level);
    }
    *ret_costs = costs;
    return kept;
}

double fault_cost_lost(const struct fault_cost *cost)
{
    return (double)cost->others_lost / (double)cost->faults;
}

double fault_cost_below_ns(const struct fault_cost *cost)
{
    return (double)cost->below_ns / (double)cost->faults;
}
