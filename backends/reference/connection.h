/* connection: one client: its bytes through llhttp into requests, each answered in its turn. */
#ifndef REFERENCE_CONNECTION_H
#define REFERENCE_CONNECTION_H

#include <llhttp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#define CONNECTION_TARGET_MOST 1024        /* longer: 414 */
#define CONNECTION_HEAD_MOST   (16 * 1024) /* longer: 431 */

struct server;

struct connection {
    uv_tcp_t tcp;
    uv_shutdown_t shutdown;
    llhttp_t parser;
    struct server *server;
    struct connection *older, *newer;
    uint64_t active_ms; /* when it was accepted or last finished a request */
    int refusal;        /* the status that the current request has earned before its end; 0: none yet */
    bool in_request;
    bool writing; /* an answer waits for the client to take it; nothing is read meanwhile */
    bool last;    /* the answer that closes the connection is given; what still comes is thrown away */
    size_t head_bytes;
    size_t target_length;
    char target[CONNECTION_TARGET_MOST];
};

/* Accept the client that waits at the server's listener. */
void connection_accept(struct server *server);

/* Nothing received of a next request and nothing left to send. */
bool connection_is_idle(const struct connection *connection);

/* Close it, whatever is under way. */
void connection_close(struct connection *connection);

#endif
