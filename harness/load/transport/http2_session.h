/* http2_session: one HTTP/2 connection, with TLS or without, which carries many requests at a time. libcurl connects it
 * and does TLS; nghttp2 makes and reads the frames. Which request goes when, over which session, and what is made of
 * its end, is up to the owner. */
#ifndef TWOFOLD_LOAD_TRANSPORT_HTTP2_SESSION_H
#define TWOFOLD_LOAD_TRANSPORT_HTTP2_SESSION_H

#include "load/transport/http2_fields.h"
#include "load/transport/http2_stream.h"
#include "load/transport/multi.h"

#include <stdbool.h>
#include <stddef.h>

struct http2_session;

/* How a session tells its owner; from within the loop only, never from within a call to the session. */
struct http2_session_events {
    /* A request is over: its response is whole, or `end` or `fault` say why it is not. It is in no list and no session.
     */
    void (*over)(void *owner, struct http2_stream *stream);
    /* After all of that which came at once: there may be room for requests where there was none. */
    void (*room)(void *owner);
    /* The session ended by itself, after its requests, which ended with HTTP2_SESSION_CUT. FAILURE_CONNECT and
     * FAILURE_UNSENT as in transport_events.lost; FAILURE_PROTOCOL: no HTTP/2 is spoken there, and `why` says what is;
     * FAILURE_RESET: it has carried requests. Its memory goes when the event is over. */
    void (*ended)(void *owner, struct http2_session *session, enum failure failure, const char *why);
};

/* The `end` of a request whose session ended before the response was whole: no error code of HTTP/2. */
#define HTTP2_SESSION_CUT 0xffffffffu

struct http2_session_options {
    struct multi *multi;
    bool tls;
    const struct http2_session_events *events;
    void *owner;
};

/* Begin to connect. NULL where libcurl has no memory for it. */
struct http2_session *http2_session_new(const struct http2_session_options *options);

/* Closes it, with what it carries: those requests are in no session any more, and no event tells of them. */
void http2_session_free(struct http2_session *session);

/* What libcurl told of the transfer that connects the session (multi_options.over), whose CURLINFO_PRIVATE it is. */
void http2_session_connected(struct http2_session *session, CURLcode result);

/* How many more requests it can carry now: none before the service has said how many it takes, and after it has said
 * that it takes no more (GOAWAY). */
size_t http2_session_room(const struct http2_session *session);

/* Whether it is still being made, so that there is room soon. */
bool http2_session_is_opening(const struct http2_session *session);

/* Send a request, for which there must be room. `fields` is the caller's, to make its fields in. */
void http2_session_send(struct http2_session *session, struct http2_stream *stream, struct http2_fields *fields);

/* Give up a request that it carries: the service is told. */
void http2_session_cancel(struct http2_stream *stream);

#endif
