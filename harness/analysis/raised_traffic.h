/* raised_traffic: the part of a step in which more was offered than in its mean, as in a spike: what the service did in it
 * is hidden by the figures of the whole step. */
#ifndef TWOFOLD_ANALYSIS_RAISED_TRAFFIC_H
#define TWOFOLD_ANALYSIS_RAISED_TRAFFIC_H

#include "record/load_record.h"

#include <stdbool.h>
#include <stdint.h>

/* From the start of the measured part. */
struct raised_part {
    uint64_t from_ns, to_ns;
};

/* The row of raised windows that the moment is in, or comes right behind. False, and *ret_part untouched: traffic was even
 * there. */
bool raised_traffic_at(const struct load_record *load, uint64_t at_ns, struct raised_part *ret_part);

/* The first row that begins at or after the moment. False, and *ret_part untouched: there is none. */
bool raised_traffic_next(const struct load_record *load, uint64_t from_ns, struct raised_part *ret_part);

#endif
