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
    struct connection *stream_previous, *stream_next; /* while it streams (events.h) */
    uint64_t stream_from;                             /* the first second that it gets; Unix time */
    uint64_t active_ms;                               /* when it was accepted or last finished a request */
    int refusal; /* the status that the current request has earned before its end; 0: none yet */
    bool in_request;
    bool streaming; /* its response is a stream of events; what still comes is thrown away */
    bool old;       /* the request was HTTP/1.0 */
    bool writing;   /* an answer waits for the client to take it; nothing is read meanwhile */
    bool last;      /* the answer that closes the connection is given; what still comes is thrown away */
    size_t head_bytes;
    size_t target_length;
    char target[CONNECTION_TARGET_MOST];
};

/* Accept the client that waits at the server's listener. */
void connection_accept(struct server *server);

/* Send it bytes of its stream, as far as it takes them; the rest is kept. One who has left too much of it is closed. */
void connection_push(struct connection *connection, const char *data, size_t length);

/* Nothing received of a next request and nothing left to send. */
bool connection_is_idle(const struct connection *connection);

/* Close it, whatever is under way. */
void connection_close(struct connection *connection);

#endif
