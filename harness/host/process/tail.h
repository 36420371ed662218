/* tail: the last bytes of an output that may be endless. */
#ifndef TWOFOLD_HOST_PROCESS_TAIL_H
#define TWOFOLD_HOST_PROCESS_TAIL_H

#include "base/text.h"

#include <stddef.h>
#include <stdint.h>

#define TAIL_BYTES 16384

/* `= {0}` is empty. */
struct tail {
    uint64_t total; /* bytes ever added */
    char bytes[TAIL_BYTES];
};

void tail_add(struct tail *tail, const void *data, size_t length);

/* Appends what is kept to `out`, fit to print and to store: UTF-8 only, and no control characters except newline and
 * tab. Each other byte becomes "?"; terminal colours and carriage returns are left out. */
void tail_write(const struct tail *tail, struct text *out);

#endif
