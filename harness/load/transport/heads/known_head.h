/* known_head: the header block of the last response that was read whole. A service sends the same block for a second or
 * longer, and the framing of a response follows from its bytes; so a response with the same block need not be parsed. A
 * block that differs in any byte, is followed by another length, or arrives in pieces goes to the parser.
 *
 * Parsing is most of the generator's own work for a request (measured by make bench-generator). */
#ifndef TWOFOLD_LOAD_TRANSPORT_HEADS_KNOWN_HEAD_H
#define TWOFOLD_LOAD_TRANSPORT_HEADS_KNOWN_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer blocks are parsed each time. */
#define KNOWN_HEAD_MOST 1024

/* All zero: none is known. */
struct known_head {
    size_t length; /* of the block; what follows is the body */
    uint64_t body_bytes;
    int status;
    char bytes[KNOWN_HEAD_MOST];
};

/* Learn from `data`, a whole response that is framed by its length, with `body_bytes` of body at its end, and whose
 * connection stays open. */
void known_head_learn(struct known_head *head, const char *data, size_t length, uint64_t body_bytes, int status);

/* Whether `data` is exactly one whole response with the known block. */
bool known_head_matches(const struct known_head *head, const char *data, size_t length);

#endif
