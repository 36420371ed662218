/* chunked: takes a body in the chunked coding apart (RFC 9112, section 7.1). It is here and not left to llhttp, whose
 * releases up to 9 refuse a chunk with two extensions, which a recipient must ignore.
 *
 * Extensions and trailers are skipped. A line of either may have up to CHUNKED_LINE_MOST bytes, and so may all trailers
 * together. */
#ifndef TWOFOLD_LOAD_TRANSPORT_CHUNKED_H
#define TWOFOLD_LOAD_TRANSPORT_CHUNKED_H

#include <stddef.h>
#include <stdint.h>

#define CHUNKED_LINE_MOST 65536

enum chunked_place {
    CHUNKED_SIZE_FIRST, /* before the first digit */
    CHUNKED_SIZE,
    CHUNKED_EXTENSION,
    CHUNKED_SIZE_LF,
    CHUNKED_DATA,
    CHUNKED_DATA_CR,
    CHUNKED_DATA_LF,
    CHUNKED_TRAILER_FIRST, /* at the start of a line */
    CHUNKED_TRAILER,
    CHUNKED_TRAILER_LF,
    CHUNKED_LAST_LF,
};

/* All zero: the body begins. */
struct chunked {
    enum chunked_place place;
    uint64_t left;   /* of the chunk at hand */
    size_t skipped;  /* of the line of extensions or the trailers at hand */
    const char *why; /* it is broken: a phrase that is never freed */
};

enum chunked_state {
    CHUNKED_MORE,   /* all bytes were used */
    CHUNKED_PIECE,  /* a piece of the body is there */
    CHUNKED_DONE,   /* the body is whole */
    CHUNKED_BROKEN, /* the byte at *at is wrong; `why` says how */
};

/* Go on at *at, before `end`, up to the next piece of the body or its end. *at comes behind what was used; for
 * CHUNKED_PIECE that is the piece, which begins at *ret_piece. */
enum chunked_state chunked_read(struct chunked *chunked, const char **at, const char *end, const char **ret_piece);

#endif
