/* server: one event loop with its own listener and the connections that it accepted. A service of several cores runs
 * one on each thread, all listening on the same port; the kernel deals the connections out. */
#ifndef REFERENCE_SERVER_H
#define REFERENCE_SERVER_H

#include "answer.h"
#include "catalog.h"
#include "events.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#define SERVER_IDLE_MS 75000         /* a connection without a finished request for this long is closed */
#define SERVER_STOP_MS 4000          /* what a stopping server gives to requests in flight */
#define SERVER_IN      (16 * 1024)   /* read at once */
#define SERVER_OUT     (1024 * 1024) /* holds the answers to all the requests that fit into one read */

struct connection;

struct server {
    uv_loop_t loop;
    uv_tcp_t listener;
    uv_async_t stop;
    uv_timer_t tick;
    struct events events;
    const struct catalog *catalog;
    struct connection *oldest, *newest; /* by their last finished request */
    uint64_t burn_ns;                   /* of CPU that each request costs besides; 0 but for tests of comparisons */
    uint64_t stopping_ms;               /* on the loop's clock; 0: not stopping */
    char date[ANSWER_DATE];
    size_t out_length;
    char in[SERVER_IN];
    char out[SERVER_OUT];
};

/* Listen at `address`. `shared`: let other servers of this process listen there too; the first of them still fails when
 * another process has the port. Returns 0, or libuv's error number, upon which the server must not be used. */
int server_start(struct server *server, const struct catalog *catalog, const struct sockaddr_in *address, bool shared,
                 bool first);

/* Serve until server_stop. Returns when every connection is closed; frees what the server holds. */
void server_run(struct server *server);

/* From any thread: accept no more, finish the requests in flight, end server_run within SERVER_STOP_MS. */
void server_stop(struct server *server);

#endif
