/* transport: what carries the requests of one thread: it opens connections, puts requests on the wire, and tells its
 * owner what came of them. Which request goes when, and what an answer is worth, is its owner's.
 *
 * Two kinds, by the protocol: plain HTTP/1 over libuv (plain_transport.h), which is the hot path, and TLS and HTTP/2
 * over libcurl (tls_transport.h, http2_transport.h), which cost more CPU a request. */
#ifndef TWOFOLD_LOAD_TRANSPORT_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_TRANSPORT_H

#include "base/error.h"
#include "load/traffic/composer.h"
#include "load/transport/connection.h"
#include "load/transport/protocol.h"
#include "record/tally.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/* What an answer said: good until the event is over. */
struct answer {
    int status;
    bool keep_alive; /* the connection can take another request */
    uint64_t body_bytes;
    const char *body; /* where the request's answer is checked for what it says; else NULL */
    size_t body_length;
};

/* How a transport tells its owner. Each is called from within the loop only, never from within a call to the transport.
 */
struct transport_events {
    void (*ready)(void *owner, struct connection *connection);
    /* The answer is whole. The owner sends the next request, or lets the connection rest, or closes it. */
    void (*answered)(void *owner, struct connection *connection, const struct answer *answer);
    /* It ended by itself and closes: FAILURE_CONNECT where it was never connected (busy: its request was never on the
     * wire), FAILURE_PROTOCOL for what is not HTTP, else FAILURE_RESET. The owner must forget it; its memory goes by
     * itself. */
    void (*lost)(void *owner, struct connection *connection, enum failure failure);
};

struct transport {
    const struct transport_events *events;
    void *owner;
    const char *trouble; /* why the first connection that could not be made could not, never freed; NULL: all could */
    uint64_t activity;   /* goes up with all that comes in or goes out, to tell a turn that worked from one that span */

    /* Begin to connect; `ready` is told later, or `lost` where it cannot be. Or the connection is free at once. NULL
     * where neither was possible (no descriptor or no port left). */
    struct connection *(*open)(struct transport *transport);
    /* Put a request on the wire; the connection must be free. -1: the connection is broken, and the owner closes it. */
    int (*send)(struct connection *connection, const struct composed *composed);
    /* Close it; its memory goes when the loop has run. */
    void (*close)(struct connection *connection);
    /* All connections must be closed; what is left goes when the loop has run. */
    void (*free)(struct transport *transport);
};

struct transport_options {
    uv_loop_t *loop;
    const struct protocol *protocol;
    struct sockaddr_storage address;
    const char *authority;         /* the service's name (else its address) and port; TLS asks for that name */
    const struct traffic *traffic; /* whose requests will be sent; both are borrowed and outlive the transport */
    const struct transport_events *events;
    void *owner;
};

/* The transport that speaks this protocol. ERROR_FAILED when libcurl cannot do it. */
int transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err);

#endif
