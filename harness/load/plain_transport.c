#include "load/connection.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

static void on_closed(uv_handle_t *handle)
{
    struct connection *connection = handle->data;
    reply_release(&connection->reply);
    text_release(&connection->expected);
    free(connection);
}

void connection_close(struct connection *connection)
{
    connection->state = CONNECTION_CLOSING;
    uv_close((uv_handle_t *)&connection->tcp, on_closed);
}

static void lose(struct connection *connection, enum failure failure)
{
    struct connection_pool *pool = connection->pool;
    pool->events->lost(pool->owner, connection, failure);
    connection_close(connection);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct connection *connection = handle->data;
    (void)suggested;
    buffer->base = connection->pool->buffer;
    buffer->len = connection->pool->buffer_size;
}

static void answered(struct connection *connection)
{
    connection->state = CONNECTION_FREE;
    connection->pool->events->answered(connection->pool->owner, connection);
}

static void feed(struct connection *connection, const char *data, size_t length)
{
    size_t used;
    switch (reply_feed(&connection->reply, data, length, &used)) {
    case REPLY_MORE:
        break;
    case REPLY_BROKEN:
        lose(connection, FAILURE_PROTOCOL);
        break;
    case REPLY_DONE:
        /* Bytes behind a reply that nobody asked for: what comes next on this connection cannot be trusted. */
        connection->reply.keep_alive = connection->reply.keep_alive && used == length;
        answered(connection);
        break;
    }
}

static void stream_ended(struct connection *connection, ssize_t why)
{
    bool busy = connection->state == CONNECTION_BUSY;
    if (busy && why == UV_EOF && reply_end(&connection->reply) == REPLY_DONE) {
        connection->reply.keep_alive = false;
        answered(connection);
    } else {
        lose(connection, FAILURE_RESET);
    }
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct connection *connection = stream->data;
    if (length == 0) {
        return;
    }
    if (length < 0) {
        stream_ended(connection, length);
    } else if (connection->state == CONNECTION_BUSY) {
        feed(connection, buffer->base, (size_t)length);
    } else {
        lose(connection, FAILURE_PROTOCOL);
    }
}

static void on_connected(uv_connect_t *connecting, int status)
{
    struct connection *connection = connecting->data;
    if (status == UV_ECANCELED) {
        return; /* closed by its owner meanwhile */
    }
    if (status < 0) {
        lose(connection, FAILURE_CONNECT);
        return;
    }
    connection->state = CONNECTION_FREE;
    uv_read_start((uv_stream_t *)&connection->tcp, give_buffer, on_read);
    connection->pool->events->ready(connection->pool->owner, connection);
}

struct connection *connection_open(struct connection_pool *pool)
{
    struct connection *connection = mem_new(1, sizeof *connection);

    connection->pool = pool;
    connection->state = CONNECTION_OPENING;
    reply_init(&connection->reply);
    uv_tcp_init(pool->loop, &connection->tcp);
    connection->tcp.data = connection;
    connection->connecting.data = connection;
    uv_tcp_nodelay(&connection->tcp, 1);
    int status =
        uv_tcp_connect(&connection->connecting, &connection->tcp, (struct sockaddr *)&pool->address, on_connected);
    if (status < 0) {
        connection_close(connection);
        return NULL;
    }
    return connection;
}

/* The rest of a request that the socket's buffer had no room for. */
struct rest {
    uv_write_t write;
    char data[];
};

static void on_rest_written(uv_write_t *write, int status)
{
    (void)status; /* a broken connection shows in its reads */
    free(write->data);
}

static int send_rest(struct connection *connection, const char *data, size_t length)
{
    struct rest *rest = mem_new(1, sizeof *rest + length);
    uv_buf_t buffer = uv_buf_init(rest->data, (unsigned)length);

    memcpy(rest->data, data, length);
    rest->write.data = rest;
    if (uv_write(&rest->write, (uv_stream_t *)&connection->tcp, &buffer, 1, on_rest_written) < 0) {
        free(rest);
        return -1;
    }
    return 0;
}

int connection_send(struct connection *connection, const struct request *request, const char *data, size_t length)
{
    uv_buf_t buffer = uv_buf_init((char *)data, (unsigned)length);
    bool head = request->method[0] == 'H';
    bool keep_body = request->expect_json != NULL;

    reply_begin(&connection->reply, head, keep_body);
    connection->request = request;
    connection->state = CONNECTION_BUSY;
    int written = uv_try_write((uv_stream_t *)&connection->tcp, &buffer, 1);
    if (written == (int)length) {
        return 0;
    }
    if (written < 0 && written != UV_EAGAIN) {
        return -1;
    }
    size_t done = written > 0 ? (size_t)written : 0;
    return send_rest(connection, data + done, length - done);
}
