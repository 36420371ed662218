#include "analysis/capacity/leader.h"

static bool took_part(const struct backend_finding *backend)
{
    return backend->record->skipped == NULL && backend->step_count > 0;
}

static bool is_ahead(const struct backend_finding *first, const struct backend_finding *other)
{
    if (other->all_invalid || !other->breaks || first->holds_least < other->breaks_at) {
        return false;
    }
    bool one_trial = first->trials < 2 || other->trials < 2;
    return first->holds_least > other->holds_most && (!one_trial || first->holds_at >= 2 * other->holds_at);
}

const struct backend_finding *leader_find(const struct findings *findings)
{
    const struct backend_finding *first = &findings->backends[0];
    size_t others = 0;

    if (findings->backend_count == 0 || !took_part(first) || !first->holds) {
        return NULL;
    }
    for (size_t i = 1; i < findings->backend_count; i++) {
        const struct backend_finding *other = &findings->backends[i];
        if (!took_part(other)) {
            continue;
        }
        others++;
        if (!is_ahead(first, other)) {
            return NULL;
        }
    }
    return others > 0 ? first : NULL;
}
