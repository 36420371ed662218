/* connection: one HTTP/1 connection of the generator: opened, then a request and its reply in turn, over libuv. It
 * carries bytes and frames replies; which request goes when, and what a reply is worth, is its owner's. */
#ifndef TWOFOLD_LOAD_CONNECTION_H
#define TWOFOLD_LOAD_CONNECTION_H

#include "load/recorder.h"
#include "load/reply.h"
#include "plan/traffic.h"
#include "record/tally.h"

#include <netinet/in.h>
#include <stddef.h>
#include <uv.h>

struct connection;

/* How a connection tells its owner. Each may be called from within the loop only. */
struct connection_events {
    void (*ready)(void *owner, struct connection *connection);
    /* The reply is whole. The owner sends the next request, or lets it rest, or closes it. */
    void (*answered)(void *owner, struct connection *connection);
    /* It ended by itself and closes: FAILURE_CONNECT before it was ready, FAILURE_PROTOCOL for what is not HTTP, else
     * FAILURE_RESET. The owner must forget it; its memory goes by itself. */
    void (*lost)(void *owner, struct connection *connection, enum failure failure);
};

enum connection_state {
    CONNECTION_OPENING,
    CONNECTION_FREE,
    CONNECTION_BUSY,
    CONNECTION_CLOSING,
};

/* What connections of one thread share. */
struct connection_pool {
    uv_loop_t *loop;
    struct sockaddr_storage address;
    const struct connection_events *events;
    void *owner;
    char *buffer; /* every read goes here and is used up before the next */
    size_t buffer_size;
};

struct connection {
    uv_tcp_t tcp;
    uv_connect_t connecting;
    struct connection_pool *pool;
    enum connection_state state;
    struct reply reply;
    /* The owner's: the request at hand, and its place in the owner's lists. */
    const struct request *request;
    struct flight flight;
    struct text expected;
    bool abandoned; /* the step closed over its request: the reply, if it comes, counts for nothing */
    struct connection *all_previous, *all_next;
    struct connection *free_previous, *free_next;
};

/* Begin to connect; a failure is told through `lost`, later. NULL where not even that was possible (no descriptor or no
 * port left). */
struct connection *connection_open(struct connection_pool *pool);

/* Put a request on the wire; the connection must be free. -1: the connection is broken, and the owner closes it. */
int connection_send(struct connection *connection, const struct request *request, const char *data, size_t length);

/* Close it; its memory goes when the loop has run. */
void connection_close(struct connection *connection);

#endif
