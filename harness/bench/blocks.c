#include "bench/blocks.h"

#include <stdint.h>

static uint64_t lowest_break(const struct policy_run *runs, size_t count)
{
    uint64_t lowest = UINT64_MAX;

    for (size_t i = 0; i < count; i++) {
        if (runs[i].verdict.verdict == VERDICT_BREAK && runs[i].level < lowest) {
            lowest = runs[i].level;
        }
    }
    return lowest;
}

static bool is_known(const struct policy_run *runs, size_t count, uint64_t level)
{
    for (size_t i = 0; i < count; i++) {
        if (runs[i].level == level && runs[i].verdict.verdict != VERDICT_INVALID) {
            return true;
        }
    }
    return false;
}

bool blocks_trial_has_gap(const struct policy_run *runs, size_t count)
{
    uint64_t lowest = lowest_break(runs, count);

    for (size_t i = 0; i < count; i++) {
        if (runs[i].level < lowest && !is_known(runs, count, runs[i].level)) {
            return true;
        }
    }
    return false;
}

void blocks_init(struct blocks *blocks, const struct plan *plan)
{
    *blocks = (struct blocks){.wanted = plan->trial_count, .most = plan->trial_count + plan->spare_count};
}

bool blocks_next(const struct blocks *blocks)
{
    bool planned = blocks->run < blocks->wanted, spare = blocks->run < blocks->most;

    return planned || (spare && blocks->whole < blocks->wanted);
}

void blocks_ran(struct blocks *blocks, bool whole)
{
    blocks->run++;
    blocks->whole += whole;
}
