#include "load/transport/http2_session.h"

#include "base/mem.h"
#include "load/transport/security.h"

#include <stdlib.h>
#include <string.h>

#define READ_BUFFER_BYTES 65536

/* What may be on its way to here before the service waits: so much that it never does. */
#define WINDOW_BYTES (32 << 20)

struct http2_session {
    struct http2_session_options options;
    CURL *easy;
    curl_socket_t fd; /* once connected */
    int socket_error; /* errno of the last try to make one; 0: none */
    nghttp2_session *http2;
    char *buffer; /* every read goes here and is used up before the next */
    struct text out;
    size_t sent;  /* of `out` */
    bool reading; /* nghttp2 is at work: nothing can be sent */
    bool ready;   /* the service has said how many requests it takes */
    bool going;   /* it takes no more */
    bool broken;  /* it is given up, because what came is not HTTP/2 */
    bool carried; /* at least one request */
    struct http2_streams running, over;
};

/* ---- what is sent ---- */

/* A failure to send shows in the reads. */
static void send_out(struct http2_session *session)
{
    CURLcode code = CURLE_OK;

    while (session->sent < session->out.length && code == CURLE_OK) {
        size_t sent = 0;
        code = curl_easy_send(session->easy, session->out.data + session->sent, session->out.length - session->sent,
                              &sent);
        session->sent += sent;
    }
    if (code != CURLE_AGAIN) {
        text_clear(&session->out);
        session->sent = 0;
    }
}

static void on_ready(void *owner);

static void flush(struct http2_session *session)
{
    const uint8_t *data;
    ssize_t length;

    if (session->reading) {
        return;
    }
    while ((length = nghttp2_session_mem_send(session->http2, &data)) > 0) {
        text_append(&session->out, data, (size_t)length);
    }
    send_out(session);
    int events = UV_READABLE;
    if (session->out.length > 0) {
        events |= UV_WRITABLE;
    }
    multi_watch(session->options.multi, session->fd, events, on_ready, session);
}

/* nghttp2 asks for the content of a request. */
/* NOLINTNEXTLINE(readability-function-size): nghttp2 says how it looks */
static ssize_t on_content(nghttp2_session *http2, int32_t id, uint8_t *to, size_t most, uint32_t *flags,
                          nghttp2_data_source *source, void *context)
{
    bool last;
    size_t length = http2_stream_take_content(source->ptr, to, most, &last);

    (void)http2, (void)id, (void)context;
    if (last) {
        *flags |= NGHTTP2_DATA_FLAG_EOF;
    }
    return (ssize_t)length;
}

void http2_session_send(struct http2_session *session, struct http2_stream *stream, struct http2_fields *fields)
{
    nghttp2_data_provider content = {.source.ptr = stream, .read_callback = on_content};

    http2_stream_begin(stream);
    http2_fields_make(fields, &stream->head, session->options.tls);
    /* It fails only where there are no numbers left for streams, and then room does not say that there is room. */
    stream->id = nghttp2_submit_request(session->http2, NULL, fields->fields, fields->count,
                                        stream->content_length > 0 ? &content : NULL, stream);
    stream->session = session;
    session->carried = true;
    http2_streams_append(&session->running, stream);
    flush(session);
}

void http2_session_cancel(struct http2_stream *stream)
{
    struct http2_session *session = stream->session;

    http2_streams_leave(stream);
    stream->session = NULL;
    nghttp2_session_set_stream_user_data(session->http2, stream->id, NULL);
    nghttp2_submit_rst_stream(session->http2, NGHTTP2_FLAG_NONE, stream->id, NGHTTP2_CANCEL);
    flush(session);
}

/* ---- what nghttp2 reads ---- */

static struct http2_stream *stream_of(nghttp2_session *http2, int32_t id)
{
    return id > 0 ? nghttp2_session_get_stream_user_data(http2, id) : NULL;
}

/* NOLINTNEXTLINE(readability-function-size): nghttp2 says how it looks */
static int on_header(nghttp2_session *http2, const nghttp2_frame *frame, const uint8_t *name, size_t name_length,
                     const uint8_t *value, size_t value_length, uint8_t flags, void *context)
{
    struct http2_stream *stream = stream_of(http2, frame->hd.stream_id);

    (void)flags, (void)context;
    if (stream == NULL) {
        return 0;
    }
    http2_stream_add_header(stream, name, name_length, value, value_length);
    if (name_length == strlen(":status") && memcmp(name, ":status", name_length) == 0) {
        stream->status = atoi((const char *)value); /* nghttp2 has seen that it is three digits, and ends it with 0 */
    }
    if (stream->fault != NULL) {
        nghttp2_submit_rst_stream(http2, NGHTTP2_FLAG_NONE, frame->hd.stream_id, NGHTTP2_CANCEL);
    }
    return 0;
}

static int on_data(nghttp2_session *http2, uint8_t flags, int32_t id, const uint8_t *data, size_t length, void *context)
{
    struct http2_stream *stream = stream_of(http2, id);

    (void)flags, (void)context;
    if (stream != NULL) {
        http2_stream_add_body(stream, data, length);
    }
    return 0;
}

static int on_frame(nghttp2_session *http2, const nghttp2_frame *frame, void *context)
{
    struct http2_session *session = context;

    (void)http2;
    if (frame->hd.type == NGHTTP2_SETTINGS) {
        session->ready = true;
    } else if (frame->hd.type == NGHTTP2_GOAWAY) {
        session->going = true;
    }
    return 0;
}

/* nghttp2 sends it when it gives up what came; nobody else does. */
static int on_frame_sent(nghttp2_session *http2, const nghttp2_frame *frame, void *context)
{
    struct http2_session *session = context;

    (void)http2;
    session->broken = session->broken || frame->hd.type == NGHTTP2_GOAWAY;
    return 0;
}

static int on_invalid_frame(nghttp2_session *http2, const nghttp2_frame *frame, int error, void *context)
{
    struct http2_stream *stream = stream_of(http2, frame->hd.stream_id);

    (void)context;
    if (stream != NULL && stream->fault == NULL) {
        stream->fault = nghttp2_strerror(error);
    }
    return 0;
}

static void end_stream(struct http2_session *session, struct http2_stream *stream, uint32_t end)
{
    stream->session = NULL;
    stream->end = end;
    http2_streams_append(&session->over, stream);
}

/* Of streams above the last one that GOAWAY names, nghttp2 says that they were refused, as they were. */
static int on_stream_close(nghttp2_session *http2, int32_t id, uint32_t code, void *context)
{
    struct http2_stream *stream = stream_of(http2, id);

    if (stream != NULL) {
        end_stream(context, stream, code);
    }
    return 0;
}

/* ---- what is read ---- */

static void tell_over(struct http2_session *session)
{
    const struct http2_session_events *events = session->options.events;

    for (struct http2_stream *stream; (stream = session->over.first) != NULL;) {
        http2_streams_leave(stream);
        events->over(session->options.owner, stream);
    }
}

/* The session is over. */
static void end(struct http2_session *session, enum failure failure, const char *why)
{
    const struct http2_session_events *events = session->options.events;

    session->going = true;
    while (session->running.first != NULL) {
        struct http2_stream *stream = session->running.first;
        nghttp2_session_set_stream_user_data(session->http2, stream->id, NULL);
        end_stream(session, stream, HTTP2_SESSION_CUT);
        stream->fault = failure == FAILURE_PROTOCOL && stream->fault == NULL ? why : stream->fault;
    }
    tell_over(session);
    events->ended(session->options.owner, session, failure, why);
    http2_session_free(session);
}

static void feed(struct http2_session *session, size_t length)
{
    session->reading = true;
    ssize_t used = nghttp2_session_mem_recv(session->http2, (const uint8_t *)session->buffer, length);
    session->reading = false;
    session->broken = session->broken || used < 0;
}

/* A session that never carried a request is none that could be made. */
static void end_with_connection(struct http2_session *session)
{
    if (session->carried) {
        end(session, FAILURE_RESET, NULL);
    } else {
        end(session, FAILURE_CONNECT, "the service closed the connection at once");
    }
}

/* What came at once is read whole before anything is told. Returns false where the connection has ended. */
static bool read_all(struct http2_session *session)
{
    while (!session->broken) {
        size_t length;
        CURLcode code = curl_easy_recv(session->easy, session->buffer, READ_BUFFER_BYTES, &length);
        if (code == CURLE_AGAIN) {
            return true;
        }
        if (code != CURLE_OK || length == 0) {
            return false;
        }
        feed(session, length);
    }
    return true;
}

static void receive(struct http2_session *session)
{
    nghttp2_session *http2 = session->http2;

    if (!read_all(session)) {
        end_with_connection(session);
        return;
    }
    flush(session);
    tell_over(session);
    if (session->broken) {
        end(session, FAILURE_PROTOCOL, session->ready ? "its frames are not HTTP/2" : "it is not HTTP/2");
    } else if (nghttp2_session_want_read(http2) == 0 && nghttp2_session_want_write(http2) == 0) {
        end_with_connection(session); /* all that was under way when it said GOAWAY is done */
    } else {
        session->options.events->room(session->options.owner);
    }
}

static void on_ready(void *owner)
{
    struct http2_session *session = owner;

    if (session->out.length > 0) {
        flush(session);
    }
    receive(session);
}

/* ---- its life ---- */

static int make_http2(struct http2_session *session)
{
    nghttp2_session_callbacks *callbacks;
    const nghttp2_settings_entry settings[] = {
        {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
        {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, WINDOW_BYTES},
    };

    if (nghttp2_session_callbacks_new(&callbacks) != 0) {
        return -1;
    }
    nghttp2_session_callbacks_set_on_header_callback(callbacks, on_header);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(callbacks, on_data);
    nghttp2_session_callbacks_set_on_frame_recv_callback(callbacks, on_frame);
    nghttp2_session_callbacks_set_on_frame_send_callback(callbacks, on_frame_sent);
    nghttp2_session_callbacks_set_on_invalid_frame_recv_callback(callbacks, on_invalid_frame);
    nghttp2_session_callbacks_set_on_stream_close_callback(callbacks, on_stream_close);
    int result = nghttp2_session_client_new(&session->http2, callbacks, session);
    nghttp2_session_callbacks_del(callbacks);
    if (result == 0) {
        nghttp2_submit_settings(session->http2, NGHTTP2_FLAG_NONE, settings, sizeof settings / sizeof settings[0]);
        nghttp2_session_set_local_window_size(session->http2, NGHTTP2_FLAG_NONE, 0, WINDOW_BYTES);
    }
    return result == 0 ? 0 : -1;
}

struct http2_session *http2_session_new(const struct http2_session_options *options)
{
    struct http2_session *session = mem_new(1, sizeof *session);

    session->options = *options;
    session->fd = CURL_SOCKET_BAD;
    session->buffer = mem_new(READ_BUFFER_BYTES, 1);
    session->easy = multi_transfer(options->multi, &session->socket_error);
    if (session->easy == NULL || make_http2(session) != 0) {
        http2_session_free(session);
        return NULL;
    }
    curl_easy_setopt(session->easy, CURLOPT_PRIVATE, session);
    curl_easy_setopt(session->easy, CURLOPT_CONNECT_ONLY, 1L);
    if (options->tls) {
        security_offer_http2(session->easy);
    }
    if (multi_begin(options->multi, session->easy) != 0) {
        http2_session_free(session);
        return NULL;
    }
    return session;
}

void http2_session_free(struct http2_session *session)
{
    while (session->running.first != NULL) {
        session->running.first->session = NULL;
        http2_streams_leave(session->running.first);
    }
    if (session->fd != CURL_SOCKET_BAD) {
        multi_unwatch(session->options.multi, session->fd);
    }
    if (session->easy != NULL) {
        multi_remove(session->options.multi, session->easy); /* closes the socket */
        curl_easy_cleanup(session->easy);
    }
    nghttp2_session_del(session->http2);
    text_release(&session->out);
    free(session->buffer);
    free(session);
}

void http2_session_connected(struct http2_session *session, CURLcode result)
{
    if (result != CURLE_OK || curl_easy_getinfo(session->easy, CURLINFO_ACTIVESOCKET, &session->fd) != CURLE_OK) {
        end(session, multi_connect_failure(session->easy, session->socket_error), curl_easy_strerror(result));
    } else if (!read_all(session)) { /* only now libcurl tells of the TLS of a transfer that is over */
        end_with_connection(session);
    } else if (session->options.tls && !security_chose_http2(session->easy)) {
        end(session, FAILURE_PROTOCOL, "it is not HTTP/2");
    } else {
        flush(session);
        receive(session);
    }
}

size_t http2_session_room(const struct http2_session *session)
{
    if (!session->ready || session->going || nghttp2_session_check_request_allowed(session->http2) == 0) {
        return 0;
    }
    size_t most = nghttp2_session_get_remote_settings(session->http2, NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS);
    return session->running.count < most ? most - session->running.count : 0;
}

bool http2_session_is_opening(const struct http2_session *session)
{
    return !session->ready && !session->going;
}
