/* response: one HTTP/1 response read from the bytes of a connection, over llhttp. It frames (content-length, chunked,
 * until the end of the stream, no body at all), skips 1xx, and keeps what a check needs; what the response means is for
 * others.
 *
 * A header block, with those of 1xx before it, may be up to RESPONSE_HEADER_MOST bytes; beyond that, and for anything
 * that is not HTTP, the response is broken. Bodies are counted; they are kept only when asked for, up to
 * RESPONSE_BODY_MOST bytes. */
#ifndef TWOFOLD_LOAD_TRANSPORT_RESPONSE_PARSER_H
#define TWOFOLD_LOAD_TRANSPORT_RESPONSE_PARSER_H

#include "base/text.h"
#include "load/transport/known_head.h"

#include <llhttp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESPONSE_HEADER_MOST 65536
#define RESPONSE_BODY_MOST   (8u << 20)

enum response_state {
    RESPONSE_MORE,   /* not whole yet */
    RESPONSE_DONE,   /* whole */
    RESPONSE_BROKEN, /* not HTTP, or past a limit */
};

struct response_parser {
    llhttp_t http;
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

/* `known` is borrowed, and shared with other responses of the same service on the same thread; NULL: every response is
 * parsed. */
void response_parser_init(struct response_parser *parser, struct known_head *known);
void response_parser_release(struct response_parser *parser);

/* Make ready for the response to the next request. */
void response_parser_begin(struct response_parser *parser, bool to_head, bool keep_body);

/* Feed what was read. *ret_used is how much of it belongs to this response (all of it unless RESPONSE_DONE). */
enum response_state response_parser_feed(struct response_parser *parser, const char *data, size_t length,
                                         size_t *ret_used);

/* The stream ended: RESPONSE_DONE for a body that ends with it, RESPONSE_MORE where something is missing. */
enum response_state response_parser_end(struct response_parser *parser);

/* The body, when it was to be kept; good until the next feed or begin. */
const char *response_parser_body(const struct response_parser *parser, size_t *ret_length);

#endif
