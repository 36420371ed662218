/* http2_stream: one request and its response on an HTTP/2 connection (http2_session.h), and lists of them. */
#ifndef TWOFOLD_LOAD_TRANSPORT_HTTP2_STREAM_H
#define TWOFOLD_LOAD_TRANSPORT_HTTP2_STREAM_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct http2_stream {
    /* The request: set by whoever sends it, before it is sent. */
    struct text head;          /* its lines: "GET /a HTTP/1.1", "Host: b", "Name: value", …, an empty one */
    struct text content;       /* may be empty; or */
    const char *large_content; /* what is kept elsewhere as long as it is needed; NULL: it is in `content` */
    size_t content_length;
    bool keep_body; /* of the response; else only its beginning is kept */
    bool keep_head; /* its header lines, too */

    /* How far it has come. */
    struct http2_session *session; /* that carries it; NULL: none */
    int32_t id;                    /* in that session */
    size_t content_sent;

    /* The response, as far as it came. */
    int status; /* 0: none yet; that of an interim response goes when the next one comes */
    size_t header_bytes;
    uint64_t body_bytes;
    struct text body;
    struct text lines; /* where they are kept: "name:value" and a line end each */
    const char *fault; /* what about it is not HTTP/2; never freed; NULL: nothing */
    uint32_t end;      /* the error code of HTTP/2 with which it ended (RFC 9113, section 7); 0: well */

    struct http2_streams *list; /* that it is in; NULL: none */
    struct http2_stream *previous, *next;
};

/* The response is forgotten, before the request is sent. */
void http2_stream_begin(struct http2_stream *stream);

/* The next piece of the request's content, at most `most` bytes. Returns its length; *ret_last: it is the last one. */
size_t http2_stream_take_content(struct http2_stream *stream, void *to, size_t most, bool *ret_last);

/* Parts of the response: a header field, and a piece of the body. Headers of more than RESPONSE_HEADER_MOST are a
 * fault. The status comes first of those of a response, an interim one included. */
void http2_stream_add_header(struct http2_stream *stream, const void *name, size_t name_length, const void *value,
                             size_t value_length);
void http2_stream_add_body(struct http2_stream *stream, const void *data, size_t length);

/* Takes it out of its list and frees what it holds, not the struct itself. */
void http2_stream_release(struct http2_stream *stream);

struct http2_streams {
    struct http2_stream *first, *last;
    size_t count;
};

/* At the end of a list, or at its front. The stream leaves the list that it was in. */
void http2_streams_append(struct http2_streams *list, struct http2_stream *stream);
void http2_streams_prepend(struct http2_streams *list, struct http2_stream *stream);

/* Out of the list that it is in, if any. */
void http2_streams_leave(struct http2_stream *stream);

#endif
