/* pool: the connections of one generator thread. They are kept from step to step. Those that are free are used in turn,
 * so that none stays unused until the service closes it. All times are clock_now_ns(). */
#ifndef TWOFOLD_LOAD_POOL_H
#define TWOFOLD_LOAD_POOL_H

#include "base/error.h"
#include "load/transport/transport.h"

#include <stdbool.h>
#include <stdint.h>

/* How many connections one thread opens at a time: enough to grow fast, few enough not to fill the service's accept
 * queue by itself. */
#define POOL_OPENING_MOST 64

struct pool {
    struct transport *transport; /* owned */
    struct connection *all;
    struct connection *free_first, *free_last;
    uint64_t open;          /* how many there are, those being opened included */
    uint64_t opening;       /* how many of them are being opened */
    uint64_t abandoned;     /* how many of them are busy with a request that was given up */
    uint64_t kept;          /* how many were open when the step began */
    uint64_t opened;        /* how many were begun to be opened since then */
    uint64_t denied;        /* how many could not be since then for want of this machine's own */
    uint64_t free_since_ns; /* since when at least one has been free without a break; meaningless while none is */
    uint64_t retry_ns;      /* open none before this moment: the last try failed */
};

/* An empty pool over the transport that the options ask for. It gives the options' owner the transport's events. */
int pool_init(struct pool *pool, const struct transport_options *options, struct error *err);

/* Close all connections and free the transport, whose memory goes when the loop has run. */
void pool_release(struct pool *pool);

/* A step begins: connections that are free now have been so since ever, and failed tries of the last step are
 * forgotten. */
void pool_begin_step(struct pool *pool);

/* Begin to open a connection. False where the system refuses: the next try is due at `retry_ns`, and the transport's
 * `refusal` says why. */
bool pool_open(struct pool *pool, uint64_t now_ns);

/* A try to connect failed, with FAILURE_CONNECT or FAILURE_UNSENT (see transport.h): wait before the next one. */
void pool_hold_off(struct pool *pool, uint64_t now_ns, enum failure failure);

/* The connection that has been free for longest, or NULL. It is the caller's until it is put back or discarded. */
struct connection *pool_take(struct pool *pool);
void pool_put_back(struct pool *pool, struct connection *connection, uint64_t now_ns);
void pool_discard(struct pool *pool, struct connection *connection);

/* What the transport tells: a connection is open; a connection ended by itself and must be forgotten. */
void pool_on_open(struct pool *pool, struct connection *connection, uint64_t now_ns);
void pool_on_lost(struct pool *pool, struct connection *connection);

/* The step closed over the request of a busy connection: it is abandoned until its response comes. */
void pool_abandon(struct pool *pool, struct connection *connection);
void pool_reclaim(struct pool *pool, struct connection *connection);
void pool_close_abandoned(struct pool *pool);

/* How many of `wanted` connections were not even begun to be opened, through no fault of the service: those that it
 * closed or is slow to accept are its own doing. */
uint64_t pool_missing(const struct pool *pool, uint64_t wanted);

#endif
