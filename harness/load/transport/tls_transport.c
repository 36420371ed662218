#include "load/transport/tls_transport.h"

#include "base/mem.h"
#include "load/transport/multi.h"
#include "load/transport/response_parser.h"
#include "load/transport/security.h"

#include <stdlib.h>

#define READ_BUFFER_BYTES 65536

struct tls_transport {
    struct transport base;
    struct multi *multi;
    char *buffer; /* every read goes here and is used up before the next */
    struct known_head known;
};

struct tls_connection {
    struct connection base;
    struct tls_transport *transport;
    CURL *easy;
    curl_socket_t fd;       /* once connected */
    int socket_error;       /* errno of the last try to make one; 0: none */
    struct text out;        /* the request: what could not be sent must be sent again from the same place */
    const char *large_body; /* follows `out`; NULL: it is in it */
    size_t length, sent;    /* of both together */
    struct response_parser parser;
};

static void tls_close(struct connection *base)
{
    struct tls_connection *connection = (struct tls_connection *)base;

    if (connection->fd != CURL_SOCKET_BAD) {
        multi_unwatch(connection->transport->multi, connection->fd);
    }
    multi_remove(connection->transport->multi, connection->easy); /* closes the socket */
    curl_easy_cleanup(connection->easy);
    response_parser_release(&connection->parser);
    text_release(&connection->out);
    text_release(&base->expected);
    free(connection);
}

static void lose(struct tls_connection *connection, enum failure failure)
{
    struct transport *transport = &connection->transport->base;
    transport->events->lost(transport->owner, &connection->base, failure,
                            failure == FAILURE_PROTOCOL ? &connection->parser.fault : NULL);
    tls_close(&connection->base);
}

/* --- responses -----------------------------------------------------------------------------------------------------
 */

static void respond(struct tls_connection *connection, bool keep_alive)
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

/* Whether the connection is still there and waits for more. */
static bool feed(struct tls_connection *connection, size_t length)
{
    size_t used;

    if (connection->base.state != CONNECTION_BUSY) {
        lose(connection, FAILURE_PROTOCOL);
        return false;
    }
    switch (response_parser_feed(&connection->parser, connection->transport->buffer, length, &used)) {
    case RESPONSE_MORE:
        return true;
    case RESPONSE_BROKEN:
        lose(connection, FAILURE_PROTOCOL);
        break;
    case RESPONSE_DONE:
        /* A response before the whole request went out, or bytes behind a response that nobody asked for: what comes
         * next on this connection cannot be trusted. */
        respond(connection, connection->parser.keep_alive && used == length && connection->sent == connection->length);
        break;
    }
    return false;
}

static void stream_ended(struct tls_connection *connection, bool properly)
{
    bool busy = connection->base.state == CONNECTION_BUSY;
    if (busy && properly && response_parser_end(&connection->parser) == RESPONSE_DONE) {
        respond(connection, false);
    } else {
        lose(connection, FAILURE_RESET);
    }
}

static void receive(struct tls_connection *connection)
{
    for (;;) {
        size_t length;
        CURLcode code = curl_easy_recv(connection->easy, connection->transport->buffer, READ_BUFFER_BYTES, &length);
        if (code == CURLE_AGAIN) {
            return;
        }
        if (code != CURLE_OK || length == 0) {
            /* A body that ends with the connection is whole only where TLS ended too (RFC 9112, section 9.8). */
            stream_ended(connection, code == CURLE_OK && security_tls_ended(connection->easy));
            return;
        }
        if (!feed(connection, length)) {
            return;
        }
    }
}

/* --- requests ---------------------------------------------------------------------------------------------------- */

static void on_ready(void *owner);

/* What is next, in one piece of *ret_left bytes. */
static const char *next_to_send(const struct tls_connection *connection, size_t *ret_left)
{
    const struct text *out = &connection->out;

    if (connection->sent < out->length) {
        *ret_left = out->length - connection->sent;
        return out->data + connection->sent;
    }
    *ret_left = connection->length - connection->sent;
    return connection->large_body + (connection->sent - out->length);
}

/* Send what is left, as far as there is room. */
static int send_rest(struct tls_connection *connection)
{
    CURLcode code = CURLE_OK;

    while (connection->sent < connection->length && code == CURLE_OK) {
        size_t left, sent = 0;
        const char *next = next_to_send(connection, &left);
        code = curl_easy_send(connection->easy, next, left, &sent);
        connection->sent += sent;
    }
    if (code != CURLE_OK && code != CURLE_AGAIN) {
        return -1;
    }
    int events = UV_READABLE;
    if (connection->sent < connection->length) {
        events |= UV_WRITABLE;
    }
    multi_watch(connection->transport->multi, connection->fd, events, on_ready, connection);
    return 0;
}

static void on_ready(void *owner)
{
    struct tls_connection *connection = owner;

    /* A failure to send shows in the reads, where it is told apart from a response that came before the end. */
    if (connection->sent < connection->length && send_rest(connection) != 0) {
        connection->sent = connection->length;
        multi_watch(connection->transport->multi, connection->fd, UV_READABLE, on_ready, connection);
    }
    receive(connection);
}

static int tls_send(struct connection *base, const struct composed *composed)
{
    struct tls_connection *connection = (struct tls_connection *)base;
    const struct request *request = composed->request;

    response_parser_begin(&connection->parser, request->method[0] == 'H', request->keep_body);
    if (request->keep_head) {
        response_parser_keep_head(&connection->parser);
    }
    base->state = CONNECTION_BUSY;
    connection->transport->base.activity++;
    text_clear(&connection->out);
    text_append(&connection->out, composed->data, composed->length);
    connection->large_body = composed->large_body;
    connection->length = composed->length + (composed->large_body != NULL ? composed->body_length : 0);
    connection->sent = 0;
    return send_rest(connection);
}

/* --- connections ------------------------------------------------------------------------------------------------- */

static void on_over(CURL *easy, CURLcode result)
{
    struct tls_connection *connection;

    curl_easy_getinfo(easy, CURLINFO_PRIVATE, (char **)&connection);
    struct transport *transport = &connection->transport->base;
    if (result != CURLE_OK || curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &connection->fd) != CURLE_OK) {
        if (transport->trouble == NULL) {
            transport->trouble = curl_easy_strerror(result);
        }
        lose(connection, multi_connect_failure(easy, connection->socket_error));
        return;
    }
    connection->base.state = CONNECTION_FREE;
    multi_watch(connection->transport->multi, connection->fd, UV_READABLE, on_ready, connection);
    transport->events->opened(transport->owner, &connection->base);
}

static struct connection *tls_open(struct transport *base)
{
    struct tls_transport *transport = (struct tls_transport *)base;
    struct tls_connection *connection = mem_new(1, sizeof *connection);
    CURL *easy = multi_transfer(transport->multi, &connection->socket_error);

    if (easy == NULL) {
        free(connection);
        return NULL;
    }
    connection->base.state = CONNECTION_OPENING;
    connection->transport = transport;
    connection->easy = easy;
    connection->fd = CURL_SOCKET_BAD;
    response_parser_init(&connection->parser, &transport->known);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, connection);
    curl_easy_setopt(easy, CURLOPT_CONNECT_ONLY, 1L);
    if (multi_begin(transport->multi, easy) != 0) {
        tls_close(&connection->base);
        return NULL;
    }
    return &connection->base;
}

static void tls_free(struct transport *base)
{
    struct tls_transport *transport = (struct tls_transport *)base;
    multi_free(transport->multi);
    free(transport->buffer);
    free(transport);
}

int tls_transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err)
{
    struct tls_transport *transport = mem_new(1, sizeof *transport);

    transport->base = (struct transport){.events = options->events,
                                         .owner = options->owner,
                                         .refusal = FAILURE_UNSENT, /* only libcurl's want of memory refuses at once */
                                         .open = tls_open,
                                         .send = tls_send,
                                         .close = tls_close,
                                         .free = tls_free};
    if (multi_new(&transport->multi,
                  &(struct multi_options){.loop = options->loop,
                                          .protocol = options->protocol,
                                          .address = &options->address,
                                          .authority = options->authority,
                                          .over = on_over,
                                          .activity = &transport->base.activity},
                  err) != 0) {
        free(transport);
        return -1;
    }
    transport->buffer = mem_new(READ_BUFFER_BYTES, 1);
    *ret_transport = &transport->base;
    return 0;
}
