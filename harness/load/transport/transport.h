/* transport: carries the requests of one thread. It opens connections, puts requests on the wire, and tells its owner
 * what came of them. When which request goes, and whether a response is right, is up to the owner.
 *
 * There are three ways, by the protocol: plain HTTP/1 over libuv (plain_transport.h), which is the hot path; HTTP/1
 * over TLS, which libcurl does (tls_transport.h), and HTTP/2, whose frames nghttp2 makes (http2_transport.h), which
 * cost more CPU per request. */
#ifndef TWOFOLD_LOAD_TRANSPORT_TRANSPORT_H
#define TWOFOLD_LOAD_TRANSPORT_TRANSPORT_H

#include "base/error.h"
#include "load/traffic/composer.h"
#include "load/transport/connection.h"
#include "load/transport/protocol.h"
#include "load/transport/response_fault.h"
#include "record/tally.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/* A response that was read whole; valid until the event is over. */
struct response {
    int status;
    bool keep_alive; /* the connection can take another request */
    uint64_t body_bytes;
    const char *body; /* whole where the request keeps it (keep_body), else its beginning; NULL: there is none */
    size_t body_length;
    const char *head; /* where the request keeps it (keep_head), its header lines as "name:value", with a line
                       * end behind each; else NULL */
    size_t head_length;
};

/* How a transport tells its owner. Each is called from within the loop only, never from within a call to the transport.
 */
struct transport_events {
    /* A connection is open and free. */
    void (*opened)(void *owner, struct connection *connection);
    /* The response is whole and its connection free. The owner sends the next request, keeps the connection or closes
     * it. */
    void (*responded)(void *owner, struct connection *connection, const struct response *response);
    /* Of a request whose response is a stream (request.stream): once when its head is there, with no body, and then for
     * each piece of its body as it comes. Status and head are given each time. The owner must not close the connection
     * meanwhile. NULL: no such request is sent. */
    void (*streamed)(void *owner, struct connection *connection, const struct response *piece);
    /* A connection ended by itself and closes: FAILURE_CONNECT where it was never connected (one that is busy never put
     * its request on the wire), FAILURE_UNSENT where it was not because this machine had nothing left for it
     * (transport_is_own_want), FAILURE_PROTOCOL for what is not HTTP, else FAILURE_RESET. `fault` is what was wrong
     * with a response that is not HTTP, else NULL. Its state is still what it was. The owner must forget it; its memory
     * goes by itself. */
    void (*lost)(void *owner, struct connection *connection, enum failure failure, const struct response_fault *fault);
};

struct transport {
    const struct transport_events *events;
    void *owner;
    const char *trouble;  /* why the first connection that failed could not be made; never freed; NULL: none failed */
    enum failure refusal; /* why `open` gave none: FAILURE_CONNECT or FAILURE_UNSENT, as in the event `lost` */
    uint64_t activity; /* grows with all that comes in or goes out: tells a turn of the loop that worked from a spin */

    /* Begin to connect; `opened` or `lost` follows. Or the connection is free at once. NULL where neither is possible;
     * `refusal` says why. */
    struct connection *(*open)(struct transport *transport);
    /* Put a request on the wire over a free connection. -1: the connection is broken, and the owner closes it. */
    int (*send)(struct connection *connection, const struct composed *composed);
    /* Close it; its memory goes when the loop has run. */
    void (*close)(struct connection *connection);
    /* All connections must be closed. What is left goes when the loop has run. */
    void (*free)(struct transport *transport);
};

struct transport_options {
    uv_loop_t *loop;
    const struct protocol *protocol; /* borrowed, as is the traffic; both must outlive the transport */
    struct sockaddr_storage address;
    const char *authority;         /* the service's name (else its address) and, where it is not the scheme's own, port;
                                    * TLS asks for that name */
    const struct traffic *traffic; /* whose requests will be sent */
    const struct transport_events *events;
    void *owner;
};

/* The transport that speaks this protocol. ERROR_FAILED when libcurl cannot do it, ERROR_INPUT when the file of CA
 * certificates cannot be read. */
int transport_new(struct transport **ret_transport, const struct transport_options *options, struct error *err);

/* What Host says of a service: its name, IPv6 in brackets, and its port where that is not the scheme's own (RFC 9110,
 * section 7.2). The caller frees it. */
char *transport_authority(const char *name, uint16_t port, bool tls);

/* Whether this errno of a try to connect is the want of this machine: of file descriptors, ports or memory. It says
 * nothing about the service. */
bool transport_is_own_want(int error);

/* What became of a request, or a connection, whose try to connect ended with this errno. */
enum failure transport_connect_failure(int error);

#endif
