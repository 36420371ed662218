/* raised_traffic: the part of a step in which more was offered than in its mean, as in a spike: what the service did in it
 * is hidden by the figures of the whole step. */
#ifndef TWOFOLD_ANALYSIS_USAGE_SPIKES_H
#define TWOFOLD_ANALYSIS_USAGE_SPIKES_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* From the start of the measured part. */
struct spike {
    uint64_t from_ns, to_ns;
};

/* The row of raised intervals that the moment is in, or comes right behind. False, and *ret_part untouched: traffic was even
 * there. */
bool spikes_at(const struct load_record *load, uint64_t at_ns, struct spike *ret_part);

/* The first row that begins at or after the moment. False, and *ret_part untouched: there is none. */
bool spikes_next(const struct load_record *load, uint64_t from_ns, struct spike *ret_part);

#endif
