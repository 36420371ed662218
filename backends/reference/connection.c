#include "connection.h"

#include "answer.h"
#include "events.h"
#include "server.h"

#include <stdlib.h>
#include <string.h>

/* The bytes that the client did not take at once. */
struct rest {
    uv_write_t write;
    char data[];
};

static void link_newest(struct connection *c)
{
    struct server *server = c->server;
    c->older = server->newest;
    c->newer = NULL;
    *(server->newest != NULL ? &server->newest->newer : &server->oldest) = c;
    server->newest = c;
}

static void unlink_it(struct connection *c)
{
    struct server *server = c->server;
    *(c->older != NULL ? &c->older->newer : &server->oldest) = c->newer;
    *(c->newer != NULL ? &c->newer->older : &server->newest) = c->older;
}

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void connection_close(struct connection *c)
{
    if (!uv_is_closing((uv_handle_t *)&c->tcp)) {
        unlink_it(c);
        if (c->streaming) {
            events_leave(&c->server->events, c);
        }
        uv_close((uv_handle_t *)&c->tcp, on_closed);
    }
}

bool connection_is_idle(const struct connection *c)
{
    return !c->in_request && !c->writing;
}

/* Queue the answer to the current request behind those of the same read. */
static void reply(struct connection *c, const struct answer *answer, bool head_only)
{
    struct server *server = c->server;
    struct envelope envelope = {.date = server->date,
                                .head_only = head_only,
                                .old = c->parser.http_minor == 0,
                                .last = c->last};
    if (server->out_length + ANSWER_MOST <= SERVER_OUT) {
        server->out_length += answer_write(answer, &envelope, server->out + server->out_length);
    } else {
        c->last = true;
    }
}

static int on_begin(llhttp_t *parser)
{
    struct connection *c = parser->data;
    c->in_request = true;
    c->head_bytes = 0;
    c->target_length = 0;
    return 0;
}

static int count_head(struct connection *c, size_t length)
{
    c->head_bytes += length;
    if (c->head_bytes > CONNECTION_HEAD_MOST) {
        c->refusal = 431;
        return HPE_USER;
    }
    return 0;
}

static int on_target(llhttp_t *parser, const char *at, size_t length)
{
    struct connection *c = parser->data;
    if (length > CONNECTION_TARGET_MOST - c->target_length) {
        c->refusal = 414;
        return HPE_USER;
    }
    memcpy(c->target + c->target_length, at, length);
    c->target_length += length;
    return count_head(c, length);
}

static int on_field(llhttp_t *parser, const char *at, size_t length)
{
    (void)at;
    return count_head(parser->data, length);
}

/* An upgrade offered is an upgrade declined: the request is answered as if it did not ask. */
static int on_head(llhttp_t *parser)
{
    parser->upgrade = 0;
    return 0;
}

static void burn(uint64_t ns)
{
    uint64_t end_ns = uv_hrtime() + ns;
    while (uv_hrtime() < end_ns) {
    }
}

/* It was used last now. */
static void touch(struct connection *c)
{
    c->active_ms = uv_now(&c->server->loop);
    unlink_it(c);
    link_newest(c);
}

/* Queue the head of a stream behind the answers of the same read. One that begins while the server stops is over. */
static void begin_stream(struct connection *c)
{
    struct server *server = c->server;

    c->last = server->stopping_ms != 0 || server->out_length + EVENTS_HEAD_MOST > SERVER_OUT;
    if (server->out_length + EVENTS_HEAD_MOST <= SERVER_OUT) {
        server->out_length += events_write_head(server->out + server->out_length, server->date, c->old || c->last);
    }
    if (!c->last) {
        c->streaming = true;
        events_join(&server->events, c);
    }
}

static int on_complete(llhttp_t *parser)
{
    struct connection *c = parser->data;
    struct answer answer;
    uint8_t method = parser->method;

    if (c->server->burn_ns > 0) {
        burn(c->server->burn_ns);
    }
    c->in_request = false;
    c->last = !llhttp_should_keep_alive(parser) || c->server->stopping_ms != 0;
    if (method == HTTP_GET || (method == HTTP_HEAD && !answer_is_stream(c->target, c->target_length))) {
        answer_get(&answer, c->server->catalog, c->target, c->target_length);
    } else {
        answer_other(&answer, c->target, c->target_length);
    }
    c->old = parser->http_minor == 0;
    if (method == HTTP_GET && answer.stream) {
        begin_stream(c);
    } else {
        reply(c, &answer, method == HTTP_HEAD);
    }
    touch(c);
    return c->last || c->streaming ? HPE_PAUSED : 0;
}

static const llhttp_settings_t settings = {
    .on_message_begin = on_begin,
    .on_url = on_target,
    .on_header_field = on_field,
    .on_header_value = on_field,
    .on_headers_complete = on_head,
    .on_message_complete = on_complete,
};

/* Half-close, so that a client that is still sending gets to read the answer; its end of stream closes the rest. */
static void end_if_last(struct connection *c)
{
    if (c->last && uv_shutdown(&c->shutdown, (uv_stream_t *)&c->tcp, NULL) != 0) {
        connection_close(c);
    }
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct connection *c = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(c->server->in, sizeof c->server->in);
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer);

/* Of several rests of a stream, the last begins to read again; those that are written at once may all seem to be it. */
static void on_written(uv_write_t *write, int status)
{
    struct connection *c = write->handle->data;
    free(write);
    c->writing = uv_stream_get_write_queue_size((uv_stream_t *)&c->tcp) > 0;
    if (uv_is_closing((uv_handle_t *)&c->tcp) || (status == 0 && c->writing)) {
        return;
    }
    if (status == 0) {
        status = uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read);
    }
    if (status != 0 && status != UV_EALREADY) {
        connection_close(c);
        return;
    }
    end_if_last(c);
}

static void send_rest(struct connection *c, const char *data, size_t length)
{
    struct rest *rest = malloc(sizeof *rest + length);
    if (rest == NULL) {
        connection_close(c);
        return;
    }
    memcpy(rest->data, data, length);
    uv_buf_t buffer = uv_buf_init(rest->data, (unsigned)length);
    uv_read_stop((uv_stream_t *)&c->tcp);
    c->writing = true;
    if (uv_write(&rest->write, (uv_stream_t *)&c->tcp, &buffer, 1, on_written) != 0) {
        free(rest);
        connection_close(c);
    }
}

static void flush(struct connection *c)
{
    struct server *server = c->server;
    uv_buf_t buffer = uv_buf_init(server->out, (unsigned)server->out_length);

    int sent = server->out_length > 0 ? uv_try_write((uv_stream_t *)&c->tcp, &buffer, 1) : 0;
    if (sent < 0 && sent != UV_EAGAIN) {
        connection_close(c);
        return;
    }
    size_t done = sent > 0 ? (size_t)sent : 0;
    if (done < server->out_length) {
        send_rest(c, server->out + done, server->out_length - done);
    } else {
        end_if_last(c);
    }
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct connection *c = stream->data;

    if (length < 0) {
        connection_close(c);
        return;
    }
    if (length == 0 || c->last || c->streaming) {
        return;
    }
    c->server->out_length = 0;
    if (llhttp_execute(&c->parser, buffer->base, (size_t)length) != HPE_OK && !c->last && !c->streaming) {
        struct answer answer;
        answer_problem(&answer, c->refusal != 0 ? c->refusal : 400);
        c->last = true;
        c->in_request = false;
        reply(c, &answer, false);
    }
    flush(c);
}

/* Behind what waits already; libuv counts it. A socket of one who reads takes it all at once. */
void connection_push(struct connection *c, const char *data, size_t length)
{
    uv_buf_t buffer = uv_buf_init((char *)data, (unsigned)length);
    int sent = c->writing ? 0 : uv_try_write((uv_stream_t *)&c->tcp, &buffer, 1);
    size_t done = sent > 0 ? (size_t)sent : 0;

    touch(c);
    if ((sent < 0 && sent != UV_EAGAIN) ||
        uv_stream_get_write_queue_size((uv_stream_t *)&c->tcp) + length > EVENTS_REST_MOST) {
        connection_close(c);
    } else if (done < length) {
        send_rest(c, data + done, length - done);
    }
}

void connection_accept(struct server *server)
{
    struct connection *c = calloc(1, sizeof *c);
    if (c == NULL) {
        return;
    }
    c->server = server;
    c->active_ms = uv_now(&server->loop);
    c->tcp.data = c;
    llhttp_init(&c->parser, HTTP_REQUEST, &settings);
    c->parser.data = c;
    if (uv_tcp_init(&server->loop, &c->tcp) != 0) {
        free(c);
        return;
    }
    link_newest(c);
    if (uv_accept((uv_stream_t *)&server->listener, (uv_stream_t *)&c->tcp) != 0 || uv_tcp_nodelay(&c->tcp, 1) != 0 ||
        uv_read_start((uv_stream_t *)&c->tcp, on_alloc, on_read) != 0) {
        connection_close(c);
    }
}
