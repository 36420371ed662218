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

/* Appends what is kept to `out`, fit to print, to store and to share: as utf8_lines makes it (base/utf8.h), without
 * terminal colours and carriage returns, and without secrets (base/secret.h), among them those of this process's
 * environment. */
void tail_write(const struct tail *tail, struct text *out);

#endif
