/* reply: one HTTP/1 reply read from the bytes of a connection, over llhttp. It frames (content-length, chunked, until
 * the end of the stream, no body at all), skips 1xx, and keeps what a check needs; what the reply means is for others.
 *
 * A header block, with those of 1xx before it, may be up to REPLY_HEADER_MOST bytes; beyond that, and for anything that is not HTTP, the reply is
 * broken. Bodies are counted; they are kept only when asked for, up to REPLY_BODY_MOST bytes. */
#ifndef TWOFOLD_LOAD_REPLY_H
#define TWOFOLD_LOAD_REPLY_H

#include "base/text.h"
#include "load/known_head.h"

#include <llhttp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPLY_HEADER_MOST 65536
#define REPLY_BODY_MOST   (8u << 20)

enum reply_state {
    REPLY_MORE,   /* not whole yet */
    REPLY_DONE,   /* whole */
    REPLY_BROKEN, /* not HTTP, or past a limit */
};

struct reply {
    llhttp_t parser;
    struct known_head *known; /* shared by the connections of a thread, or NULL */
    bool fresh;               /* nothing was fed yet, and the parser is not made ready */
    bool to_head;             /* it answers a HEAD: no body follows */
    bool keep_body;
    bool headers_done, done;
    bool keep_alive;     /* good once done */
    int status;          /* good once done */
    size_t header_bytes; /* fed until the headers were whole */
    uint64_t body_bytes;
    const char *span; /* the body where it came in one piece: into the bytes fed last */
    size_t span_length;
    struct text body; /* the body where it came in several */
};

/* `known` is borrowed, and shared with other replies of the same service on the same thread; NULL: every reply is parsed. */
void reply_init(struct reply *reply, struct known_head *known);
void reply_release(struct reply *reply);

/* Make ready for the reply to the next request. */
void reply_begin(struct reply *reply, bool to_head, bool keep_body);

/* Feed what was read. *ret_used is how much of it belongs to this reply (all of it unless REPLY_DONE). */
enum reply_state reply_feed(struct reply *reply, const char *data, size_t length, size_t *ret_used);

/* The stream ended: REPLY_DONE for a body that ends with it, REPLY_MORE where something is missing. */
enum reply_state reply_end(struct reply *reply);

/* The body, when it was to be kept; good until the next feed or begin. */
const char *reply_body(const struct reply *reply, size_t *ret_length);

#endif
