#include "analysis/capacity/held_load.h"

#include <math.h>
#include <stddef.h>

struct held_load held_load_of(const struct backend_finding *backend)
{
    struct held_load held = {NAN, NAN, NAN};
    const struct limit_capacity *first = backend->limit_count > 0 ? &backend->limits[0] : NULL;

    if (backend->holds || backend->breaks) {
        held.low = backend->holds ? (double)backend->holds_at : 0;
        held.high = INFINITY;
    }
    if (first != NULL && first->breaks) {
        held = (struct held_load){first->capacity, first->low, first->high};
    }
    return held;
}
