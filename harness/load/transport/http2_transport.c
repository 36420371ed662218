#include "load/transport/http2_transport.h"

#include "base/list.h"
#include "base/mem.h"
#include "load/transport/http2_session.h"

#include <stddef.h>
#include <stdlib.h>

struct http2_transport {
    struct transport base;
    struct multi *multi;
    struct http2_session_options session_options;
    struct http2_session **sessions;
    size_t session_count;
    struct http2_streams waiting; /* requests for which no session has room */
    struct http2_fields fields;
};

struct http2_connection {
    struct connection base;
    struct http2_transport *transport;
    struct http2_stream stream;
    bool again; /* the request was refused once and sent again */
};

static struct http2_connection *connection_of(struct http2_stream *stream)
{
    return (struct http2_connection *)((char *)stream - offsetof(struct http2_connection, stream));
}

/* ---- sessions ---- */

/* NULL: there is none with room. */
static struct http2_session *find_room(const struct http2_transport *transport)
{
    for (size_t i = 0; i < transport->session_count; i++) {
        if (http2_session_room(transport->sessions[i]) > 0) {
            return transport->sessions[i];
        }
    }
    return NULL;
}

static bool is_opening(const struct http2_transport *transport)
{
    for (size_t i = 0; i < transport->session_count; i++) {
        if (http2_session_is_opening(transport->sessions[i])) {
            return true;
        }
    }
    return false;
}

/* Returns -1 where libcurl has no memory for it. */
static int open_session(struct http2_transport *transport)
{
    struct http2_session *session = http2_session_new(&transport->session_options);

    if (session == NULL) {
        return -1;
    }
    *list_add(transport->sessions, transport->session_count) = session;
    return 0;
}

static void forget_session(struct http2_transport *transport, const struct http2_session *ended)
{
    size_t kept = 0;

    for (size_t i = 0; i < transport->session_count; i++) {
        if (transport->sessions[i] != ended) {
            transport->sessions[kept++] = transport->sessions[i];
        }
    }
    transport->session_count = kept;
}

/* Send what waits, as far as there is room. Rather than make two connections, what waits shares one that is being made.
 * Returns -1 where none can be made. */
static int send_waiting(struct http2_transport *transport)
{
    struct http2_session *session;

    while (transport->waiting.first != NULL && (session = find_room(transport)) != NULL) {
        http2_session_send(session, transport->waiting.first, &transport->fields);
    }
    if (transport->waiting.first != NULL && !is_opening(transport)) {
        return open_session(transport);
    }
    return 0;
}

/* ---- what a connection is asked for ---- */

static int http2_send(struct connection *base, const struct composed *composed)
{
    struct http2_connection *connection = (struct http2_connection *)base;
    struct http2_stream *stream = &connection->stream;
    size_t copied = composed->large_body == NULL ? composed->body_length : 0;
    size_t head_length = composed->length - copied;

    text_clear(&stream->head);
    text_append(&stream->head, composed->data, head_length);
    text_clear(&stream->content);
    text_append(&stream->content, composed->data + head_length, copied);
    stream->large_content = composed->large_body;
    stream->content_length = composed->body_length;
    stream->keep_body = composed->request->keep_body;
    stream->keep_head = composed->request->keep_head;
    connection->again = false;
    base->state = CONNECTION_BUSY;
    connection->transport->base.activity++;
    http2_streams_append(&connection->transport->waiting, stream);
    return send_waiting(connection->transport);
}

static void http2_close(struct connection *base)
{
    struct http2_connection *connection = (struct http2_connection *)base;

    if (connection->stream.session != NULL) {
        http2_session_cancel(&connection->stream);
    }
    http2_stream_release(&connection->stream);
    text_release(&base->expected);
    free(connection);
}

static struct connection *http2_open(struct transport *base)
{
    struct http2_connection *connection = mem_new(1, sizeof *connection);

    connection->base.state = CONNECTION_FREE;
    connection->transport = (struct http2_transport *)base;
    return &connection->base;
}

/* ---- what sessions tell ---- */

static void lose(struct http2_connection *connection, enum failure failure, const char *why)
{
    struct transport *transport = &connection->transport->base;
    const struct response_fault fault = {.why = why, .byte = -1};

    transport->events->lost(transport->owner, &connection->base, failure, failure == FAILURE_PROTOCOL ? &fault : NULL);
    http2_close(&connection->base);
}

static void respond(struct http2_connection *connection)
{
    struct transport *transport = &connection->transport->base;
    const struct http2_stream *stream = &connection->stream;
    struct response response = {.status = stream->status,
                                .keep_alive = true,
                                .body_bytes = stream->body_bytes,
                                .body = stream->body.data,
                                .body_length = stream->body.length,
                                .head = stream->lines.data,
                                .head_length = stream->lines.length};

    connection->base.state = CONNECTION_FREE;
    transport->events->responded(transport->owner, &connection->base, &response);
}

static void on_over(void *owner, struct http2_stream *stream)
{
    struct http2_transport *transport = owner;
    struct http2_connection *connection = connection_of(stream);
    bool refused = stream->end == NGHTTP2_REFUSED_STREAM && stream->header_bytes == 0;

    if (stream->fault != NULL) {
        lose(connection, FAILURE_PROTOCOL, stream->fault);
    } else if (stream->end == NGHTTP2_NO_ERROR && stream->status == 0) {
        lose(connection, FAILURE_PROTOCOL, "it has no status");
    } else if (stream->end == NGHTTP2_NO_ERROR) {
        respond(connection);
    } else if (refused && !connection->again && !connection->base.abandoned) {
        connection->again = true;
        http2_streams_prepend(&transport->waiting, stream); /* it is sent when all that came at once is told */
    } else {
        lose(connection, FAILURE_RESET, NULL);
    }
}

/* What waits has nowhere to go. */
static void lose_waiting(struct http2_transport *transport, enum failure failure, const char *why)
{
    struct http2_streams lost = {0};

    while (transport->waiting.first != NULL) {
        http2_streams_append(&lost, transport->waiting.first);
    }
    while (lost.first != NULL) {
        lose(connection_of(lost.first), failure, why);
    }
}

static void on_room(void *owner)
{
    struct http2_transport *transport = owner;

    if (send_waiting(transport) != 0) {
        lose_waiting(transport, FAILURE_UNSENT, NULL);
    }
}

static void on_ended(void *owner, struct http2_session *session, enum failure failure, const char *why)
{
    struct http2_transport *transport = owner;

    forget_session(transport, session);
    if (failure == FAILURE_RESET) {
        on_room(transport);
        return;
    }
    if (failure != FAILURE_PROTOCOL && transport->base.trouble == NULL) {
        transport->base.trouble = why;
    }
    lose_waiting(transport, failure, why);
}

static void on_connected(CURL *easy, CURLcode result)
{
    struct http2_session *session;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&session);
    http2_session_connected(session, result);
}

/* ---- its life ---- */

static void http2_free(struct transport *base)
{
    struct http2_transport *transport = (struct http2_transport *)base;

    for (size_t i = 0; i < transport->session_count; i++) {
        http2_session_free(transport->sessions[i]);
    }
    free((void *)transport->sessions);
    http2_fields_release(&transport->fields);
    multi_free(transport->multi);
    free(transport);
}

int http2_transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err)
{
    static const struct http2_session_events events = {.over = on_over, .room = on_room, .ended = on_ended};
    struct http2_transport *transport = mem_new(1, sizeof *transport);

    transport->base = (struct transport){.events = options->events,
                                         .owner = options->owner,
                                         .refusal = FAILURE_UNSENT, /* it never refuses */
                                         .open = http2_open,
                                         .send = http2_send,
                                         .close = http2_close,
                                         .free = http2_free};
    if (multi_new(&transport->multi,
                  &(struct multi_options){.loop = options->loop,
                                          .protocol = options->protocol,
                                          .address = &options->address,
                                          .authority = options->authority,
                                          .over = on_connected,
                                          .activity = &transport->base.activity},
                  err) != 0) {
        free(transport);
        return -1;
    }
    transport->session_options = (struct http2_session_options){.multi = transport->multi,
                                                                .tls = options->protocol->tls,
                                                                .events = &events,
                                                                .owner = transport};
    *ret_transport = &transport->base;
    return 0;
}
