#include "load/transport/plain_transport.h"

#include "base/mem.h"
#include "load/transport/response_parser.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#define READ_BUFFER_BYTES 65536

/* A port costs the kernel more to find the more of one address's are taken: from half of them on, milliseconds. On
 * loopback every 127.x.y.z is this machine, so that each so many connections come from the next address. */
#define CONNECTIONS_PER_ADDRESS 4096
#define ADDRESSES               64

struct plain_transport {
    struct transport base;
    uv_loop_t *loop;
    struct sockaddr_storage address;
    char *buffer; /* every read goes here and is used up before the next */
    struct known_head known;
    uint64_t opened; /* connections so far */
};

struct plain_connection {
    struct connection base;
    struct plain_transport *transport;
    uv_tcp_t tcp;
    uv_connect_t connecting;
    struct response_parser parser;
    bool head_given; /* of a stream */
};

static void on_closed(uv_handle_t *handle)
{
    struct plain_connection *connection = handle->data;
    response_parser_release(&connection->parser);
    text_release(&connection->base.expected);
    free(connection);
}

static void plain_close(struct connection *base)
{
    struct plain_connection *connection = (struct plain_connection *)base;
    base->state = CONNECTION_CLOSING;
    uv_close((uv_handle_t *)&connection->tcp, on_closed);
}

static void lose(struct plain_connection *connection, enum failure failure)
{
    struct transport *transport = &connection->transport->base;
    transport->activity++;
    transport->events->lost(transport->owner, &connection->base, failure,
                            failure == FAILURE_PROTOCOL ? &connection->parser.fault : NULL);
    plain_close(&connection->base);
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct plain_connection *connection = handle->data;
    (void)suggested;
    buffer->base = connection->transport->buffer;
    buffer->len = READ_BUFFER_BYTES;
}

static void respond(struct plain_connection *connection, bool keep_alive)
{
    struct transport *transport = &connection->transport->base;
    const struct response_parser *parser = &connection->parser;
    struct response response = {.status = parser->status, .keep_alive = keep_alive, .body_bytes = parser->body_bytes};

    response.body = response_parser_body(parser, &response.body_length);
    if (parser->keep_head) {
        response.head = parser->head.data;
        response.head_length = parser->head.length;
    }
    connection->base.state = CONNECTION_FREE;
    transport->events->responded(transport->owner, &connection->base, &response);
}

static void give_piece(struct plain_connection *connection, const char *data, size_t length)
{
    struct transport *transport = &connection->transport->base;
    const struct response_parser *parser = &connection->parser;

    transport->events->streamed(transport->owner, &connection->base,
                                &(struct response){.status = parser->status,
                                                   .body = data,
                                                   .body_length = length,
                                                   .head = parser->head.data,
                                                   .head_length = parser->head.length});
}

/* The head goes before what is behind it, and is not waited for until there is something. */
static void give_head(struct plain_connection *connection)
{
    bool streams = connection->parser.on_piece != NULL && connection->parser.headers_done;

    if (streams && !connection->head_given) {
        connection->head_given = true;
        give_piece(connection, NULL, 0);
    }
}

static void on_piece(void *context, const char *data, size_t length)
{
    give_head(context);
    give_piece(context, data, length);
}

static void feed(struct plain_connection *connection, const char *data, size_t length)
{
    size_t used;
    enum response_state state = response_parser_feed(&connection->parser, data, length, &used);

    give_head(connection);
    switch (state) {
    case RESPONSE_MORE:
        break;
    case RESPONSE_BROKEN:
        lose(connection, FAILURE_PROTOCOL);
        break;
    case RESPONSE_DONE:
        /* Bytes behind a response that nobody asked for: what comes next on this connection cannot be trusted. */
        respond(connection, connection->parser.keep_alive && used == length);
        break;
    }
}

static void stream_ended(struct plain_connection *connection, ssize_t why)
{
    bool busy = connection->base.state == CONNECTION_BUSY;
    if (busy && why == UV_EOF && response_parser_end(&connection->parser) == RESPONSE_DONE) {
        respond(connection, false);
    } else {
        lose(connection, FAILURE_RESET);
    }
}

static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    struct plain_connection *connection = stream->data;
    if (length == 0) {
        return;
    }
    connection->transport->base.activity++;
    if (length < 0) {
        stream_ended(connection, length);
    } else if (connection->base.state == CONNECTION_BUSY) {
        feed(connection, buffer->base, (size_t)length);
    } else {
        lose(connection, FAILURE_PROTOCOL);
    }
}

/* The first tells what the matter is. libuv's codes are errno below zero. */
static void note_trouble(struct plain_transport *transport, int status)
{
    transport->base.refusal = transport_connect_failure(-status);
    if (transport->base.trouble == NULL) {
        transport->base.trouble = uv_strerror(status);
    }
}

static void on_connected(uv_connect_t *connecting, int status)
{
    struct plain_connection *connection = connecting->data;
    struct transport *transport = &connection->transport->base;

    if (status == UV_ECANCELED) {
        return; /* closed by its owner meanwhile */
    }
    if (status < 0) {
        note_trouble(connection->transport, status);
        lose(connection, transport_connect_failure(-status));
        return;
    }
    transport->activity++;
    connection->base.state = CONNECTION_FREE;
    uv_read_start((uv_stream_t *)&connection->tcp, give_buffer, on_read);
    transport->events->opened(transport->owner, &connection->base);
}

/* A request leaves when it is due, and no later because a congestion control (BBR, where the machine's default is that)
 * spaces packets out: Reno does not, and every kernel has it. Where it may not be chosen the default stays. */
static void send_unpaced(uv_tcp_t *tcp)
{
    static const char name[] = "reno";
    uv_os_fd_t fd;

    if (uv_fileno((uv_handle_t *)tcp, &fd) == 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name, sizeof name - 1);
    }
}

/* Where that cannot be, the connection comes from where the kernel lets it. */
static void choose_source(const struct sockaddr_storage *address, uint64_t opened, uv_tcp_t *tcp)
{
    const struct sockaddr_in *to = (const struct sockaddr_in *)address;
    uint64_t number = opened / CONNECTIONS_PER_ADDRESS % ADDRESSES;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK + (uint32_t)number)};
    int late = 1; /* the port is found when it is connected, as one that is free towards this service */
    uv_os_fd_t fd;

    if (number == 0 || to->sin_family != AF_INET || to->sin_addr.s_addr != htonl(INADDR_LOOPBACK) ||
        uv_fileno((uv_handle_t *)tcp, &fd) != 0) {
        return;
    }
    if (setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &late, sizeof late) == 0) {
        (void)bind(fd, (struct sockaddr *)&from, sizeof from);
    }
}

void plain_transport_prepare(uv_tcp_t *tcp, const struct sockaddr_storage *address, uint64_t opened)
{
    uv_tcp_nodelay(tcp, 1);
    send_unpaced(tcp);
    choose_source(address, opened, tcp);
}

static struct connection *plain_open(struct transport *base)
{
    struct plain_transport *transport = (struct plain_transport *)base;
    struct plain_connection *connection = mem_new(1, sizeof *connection);

    connection->transport = transport;
    connection->base.state = CONNECTION_OPENING;
    response_parser_init(&connection->parser, &transport->known);
    int status = uv_tcp_init_ex(transport->loop, &connection->tcp, transport->address.ss_family); /* with its socket */
    if (status < 0) {
        note_trouble(transport, status);
        free(connection);
        return NULL;
    }
    connection->tcp.data = connection;
    connection->connecting.data = connection;
    plain_transport_prepare(&connection->tcp, &transport->address, transport->opened++);
    status =
        uv_tcp_connect(&connection->connecting, &connection->tcp, (struct sockaddr *)&transport->address, on_connected);
    if (status < 0) {
        note_trouble(transport, status);
        plain_close(&connection->base);
        return NULL;
    }
    return &connection->base;
}

/* The rest of a request that the socket's buffer had no room for; of a large body only where it is. */
struct rest {
    uv_write_t write;
    char data[];
};

static void on_rest_written(uv_write_t *write, int status)
{
    (void)status; /* a broken connection shows in its reads */
    free(write->data);
}

static int send_rest(struct plain_connection *connection, const char *data, size_t length, uv_buf_t body)
{
    struct rest *rest = mem_new(1, sizeof *rest + length);
    uv_buf_t buffers[] = {uv_buf_init(rest->data, (unsigned)length), body};
    unsigned count = body.len > 0 ? 2 : 1;

    memcpy(rest->data, data, length);
    rest->write.data = rest;
    if (uv_write(&rest->write, (uv_stream_t *)&connection->tcp, buffers, count, on_rest_written) < 0) {
        free(rest);
        return -1;
    }
    return 0;
}

static int plain_send(struct connection *base, const struct composed *composed)
{
    struct plain_connection *connection = (struct plain_connection *)base;
    size_t body_length = composed->large_body != NULL ? composed->body_length : 0;
    uv_buf_t buffers[] = {uv_buf_init((char *)composed->data, (unsigned)composed->length),
                          uv_buf_init((char *)composed->large_body, (unsigned)body_length)};
    const struct request *request = composed->request;

    response_parser_begin(&connection->parser, request->method[0] == 'H', request->keep_body);
    if (request->keep_head || request->stream) {
        response_parser_keep_head(&connection->parser);
    }
    if (request->stream) {
        response_parser_stream(&connection->parser, on_piece, connection);
        connection->head_given = false;
    }
    base->state = CONNECTION_BUSY;
    connection->transport->base.activity++;
    int written = uv_try_write((uv_stream_t *)&connection->tcp, buffers, body_length > 0 ? 2 : 1);
    if (written >= 0 && (size_t)written == composed->length + body_length) {
        return 0;
    }
    if (written < 0 && written != UV_EAGAIN) {
        return -1;
    }
    size_t done = written > 0 ? (size_t)written : 0;
    size_t of_data = done < composed->length ? done : composed->length, of_body = done - of_data;
    if (of_body > 0) {
        buffers[1].base += of_body;
        buffers[1].len -= of_body;
    }
    return send_rest(connection, composed->data + of_data, composed->length - of_data, buffers[1]);
}

static void plain_free(struct transport *base)
{
    struct plain_transport *transport = (struct plain_transport *)base;
    free(transport->buffer);
    free(transport);
}

struct transport *plain_transport_new(const struct transport_options *options)
{
    struct plain_transport *transport = mem_new(1, sizeof *transport);

    *transport = (struct plain_transport){
        .base = {.events = options->events,
                 .owner = options->owner,
                 .open = plain_open,
                 .send = plain_send,
                 .close = plain_close,
                 .free = plain_free},
        .loop = options->loop,
        .address = options->address,
        .buffer = mem_new(READ_BUFFER_BYTES, 1),
    };
    return &transport->base;
}
