#include "load/slow/slow_client.h"

#include "base/mem.h"
#include "load/transport/plain_transport.h"

#include <stdlib.h>
#include <string.h>

/* Enough for "HTTP/1.1 408": what is behind it is dropped. */
#define RESPONSE_BYTES 512

struct slow_client {
    uv_tcp_t tcp;
    uv_connect_t connecting;
    const struct slow_message *message;
    const struct slow_client_events *events;
    void *owner;
    size_t sent;
    char response[RESPONSE_BYTES];
};

static void on_closed(uv_handle_t *handle)
{
    free(handle->data);
}

void slow_client_close(struct slow_client *client)
{
    uv_close((uv_handle_t *)&client->tcp, on_closed);
}

static void end(struct slow_client *client, enum slow_end end)
{
    client->events->ended(client->owner, end);
    slow_client_close(client);
}

static enum slow_end failure_to_connect(int status)
{
    return transport_is_own_want(-status) ? SLOW_DENIED : SLOW_REFUSED;
}

static bool is_whole(const struct slow_client *client)
{
    return client->sent >= client->message->length;
}

static void give_buffer(uv_handle_t *handle, size_t suggested, uv_buf_t *buffer)
{
    struct slow_client *client = handle->data;
    (void)suggested;
    *buffer = uv_buf_init(client->response, RESPONSE_BYTES);
}

/* All that comes is the beginning of a response: the first bytes say what it is. */
static void on_read(uv_stream_t *stream, ssize_t length, const uv_buf_t *buffer)
{
    static const char timeout[] = "HTTP/1.1 408", older[] = "HTTP/1.0 408";
    struct slow_client *client = stream->data;

    if (length == 0) {
        return;
    }
    if (is_whole(client)) {
        end(client, SLOW_ANSWERED);
    } else if (length < 0) {
        end(client, SLOW_CLOSED);
    } else if ((size_t)length >= sizeof timeout - 1 && (memcmp(buffer->base, timeout, sizeof timeout - 1) == 0 ||
                                                        memcmp(buffer->base, older, sizeof older - 1) == 0)) {
        end(client, SLOW_TIMED_OUT);
    } else {
        end(client, SLOW_REJECTED);
    }
}

/* A connection that is broken shows in its reads. */
static void send_up_to(struct slow_client *client, size_t until)
{
    uv_buf_t buffer = uv_buf_init((char *)client->message->data + client->sent, (unsigned)(until - client->sent));

    if (buffer.len > 0) {
        int written = uv_try_write((uv_stream_t *)&client->tcp, &buffer, 1);
        client->sent += written > 0 ? (size_t)written : 0;
    }
}

bool slow_client_send(struct slow_client *client)
{
    if (!is_whole(client)) {
        size_t at_once = client->message->at_once;
        send_up_to(client, client->sent < at_once ? at_once : client->sent + 1);
    }
    return !is_whole(client);
}

static void on_connected(uv_connect_t *connecting, int status)
{
    struct slow_client *client = connecting->data;

    if (status == UV_ECANCELED) {
        return; /* closed by its owner meanwhile */
    }
    if (status < 0) {
        end(client, failure_to_connect(status));
        return;
    }
    uv_read_start((uv_stream_t *)&client->tcp, give_buffer, on_read);
    slow_client_send(client);
    client->events->connected(client->owner);
}

struct slow_client *slow_client_open(const struct slow_client_options *options, void *owner, enum slow_end *ret_end)
{
    struct slow_client *client = mem_new(1, sizeof *client);
    int status = uv_tcp_init_ex(options->loop, &client->tcp, options->address->ss_family); /* with its socket */

    if (status < 0) {
        *ret_end = failure_to_connect(status);
        free(client);
        return NULL;
    }
    client->message = options->message;
    client->events = options->events;
    client->owner = owner;
    client->tcp.data = client->connecting.data = client;
    plain_transport_prepare(&client->tcp, options->address, options->opened);
    status = uv_tcp_connect(&client->connecting, &client->tcp, (const struct sockaddr *)options->address, on_connected);
    if (status < 0) {
        *ret_end = failure_to_connect(status);
        slow_client_close(client);
        return NULL;
    }
    return client;
}
