/* spikes: the parts of a step in which more was offered than on average. What the service did in them does not show in
 * means over the whole step. */
#ifndef TWOFOLD_ANALYSIS_USAGE_SPIKES_H
#define TWOFOLD_ANALYSIS_USAGE_SPIKES_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* Consecutive intervals with raised traffic. Both moments count from the start of the measured part. */
struct spike {
    uint64_t from_ns, to_ns;
};

/* The spike that contains the moment, or that ended in the interval just before it. Returns false, and leaves
 * *ret_spike untouched, where there is none. */
bool spikes_at(const struct load_record *load, uint64_t at_ns, struct spike *ret_spike);

/* The first spike that begins at or after the moment. Returns false, and leaves *ret_spike untouched, where there is
 * none. */
bool spikes_next(const struct load_record *load, uint64_t from_ns, struct spike *ret_spike);

#endif
