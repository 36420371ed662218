/* response_parser: reads one HTTP/1 response from the bytes of a connection, over llhttp. It frames the response (by
 * content-length, chunks, the end of the stream, or no body at all), skips 1xx, and keeps what a check needs. One
 * length that is given several times is that length (RFC 9112, section 6.3).
 *
 * A header block, including those of 1xx before it, may have up to RESPONSE_HEADER_MOST bytes. A response beyond that,
 * or one that is not HTTP, is broken. Bodies are counted; they are kept only when asked for, up to RESPONSE_BODY_MOST
 * bytes, and else their first RESPONSE_START_MOST bytes, to show what came instead of the right response. */
#ifndef TWOFOLD_LOAD_TRANSPORT_RESPONSE_PARSER_H
#define TWOFOLD_LOAD_TRANSPORT_RESPONSE_PARSER_H

#include "base/text.h"
#include "load/transport/chunked.h"
#include "load/transport/heads/known_head.h"
#include "load/transport/response_fault.h"

#include <llhttp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define RESPONSE_HEADER_MOST 65536
#define RESPONSE_BODY_MOST   (64u << 20)
#define RESPONSE_START_MOST  256

enum response_state {
    RESPONSE_MORE,   /* not whole yet */
    RESPONSE_DONE,   /* whole */
    RESPONSE_BROKEN, /* not HTTP, or past a limit; `fault` says what */
};

struct response_parser {
    llhttp_t http;
    struct known_head *known; /* shared by the connections of a thread, or NULL */
    bool fresh;               /* nothing was fed yet, and llhttp is not ready yet */
    bool to_head;             /* the request was a HEAD: no body follows */
    bool keep_body, keep_head;
    bool headers_done, done;
    bool keep_alive;     /* valid once done */
    int status;          /* valid once done */
    size_t header_bytes; /* fed until the headers were whole */
    uint64_t fed;        /* before the bytes that were fed last */
    uint64_t length;     /* that Content-Length gave, where `has_length` */
    bool has_length;
    bool close_said; /* a header block of the response, one of a 1xx included, said "Connection: close" */
    bool in_chunks;  /* the headers are whole, and a body in the chunked coding follows */
    struct chunked chunked;
    struct response_fault fault; /* once broken */
    uint64_t body_bytes;
    const char *span; /* the body where it came in one piece: points into the bytes that were fed last */
    size_t span_length;
    struct text body;                                                 /* the body where it came in several pieces */
    void (*on_piece)(void *context, const char *data, size_t length); /* NULL: the body is kept */
    void *piece_context;
    struct text head; /* where it is kept, the header lines: "name:value" and a line end each; valid once done */
};

/* `known` is borrowed, and shared by the responses of one service on one thread; NULL: every response is parsed. */
void response_parser_init(struct response_parser *parser, struct known_head *known);
void response_parser_release(struct response_parser *parser);

/* Make ready for the response to the next request. */
void response_parser_begin(struct response_parser *parser, bool to_head, bool keep_body);

/* Behind response_parser_begin: keep the header lines, too. Such a response is always parsed. */
void response_parser_keep_head(struct response_parser *parser);

/* Behind response_parser_begin: the body is a stream. Its pieces are given to `on_piece` as they come, and not kept.
 * Status and header lines are valid once `headers_done`. */
void response_parser_stream(struct response_parser *parser,
                            void (*on_piece)(void *context, const char *data, size_t length), void *context);

/* Feed what was read. *ret_used is how much of it belongs to this response, which is all of it unless RESPONSE_DONE. */
enum response_state response_parser_feed(struct response_parser *parser, const char *data, size_t length,
                                         size_t *ret_used);

/* The stream ended. RESPONSE_DONE for a body that ends with it, RESPONSE_MORE where something is missing. */
enum response_state response_parser_end(struct response_parser *parser);

/* What is kept of the body; valid until the next feed or begin. */
const char *response_parser_body(const struct response_parser *parser, size_t *ret_length);

#endif
