/* known_head: the header block of the last response that was read whole, kept so that the next one with the same bytes
 * need not be parsed again: a service sends the same block for second after second, and its framing follows from its
 * bytes. A block with any other byte, another length behind it, or cut anywhere is none of its business: that goes to
 * the parser.
 *
 * Worth keeping by measurement: parsing is most of what the generator itself does for a request (make bench-generator).
 */
#ifndef TWOFOLD_LOAD_TRANSPORT_KNOWN_HEAD_H
#define TWOFOLD_LOAD_TRANSPORT_KNOWN_HEAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Longer blocks are parsed each time. */
#define KNOWN_HEAD_MOST 1024

/* All 0: none is known. */
struct known_head {
    size_t length; /* of the block; what follows is the body */
    uint64_t body_bytes;
    int status;
    char bytes[KNOWN_HEAD_MOST];
};

/* `data` was a whole response over a connection that stays open, framed by its length: `body_bytes` of body at its end.
 */
void known_head_learn(struct known_head *head, const char *data, size_t length, uint64_t body_bytes, int status);

/* Whether `data` is a whole response, and nothing more, with the known block. */
bool known_head_matches(const struct known_head *head, const char *data, size_t length);

#endif
