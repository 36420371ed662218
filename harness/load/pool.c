#include "load/pool.h"

#include "base/clock.h"

/* How long to leave the system alone after it refused a file descriptor, a port or a connection. */
#define RETRY_NS (10 * CLOCK_MILLISECOND_NS)

int pool_init(struct pool *pool, const struct transport_options *options, struct error *err)
{
    *pool = (struct pool){0};
    return transport_new(&pool->transport, options, err);
}

void pool_release(struct pool *pool)
{
    while (pool->all != NULL) {
        pool_discard(pool, pool->all);
    }
    pool->transport->free(pool->transport);
    *pool = (struct pool){0};
}

void pool_begin_step(struct pool *pool)
{
    pool->kept = pool->open;
    pool->opened = pool->denied = 0;
    pool->free_since_ns = 0;
    pool->retry_ns = 0;
}

/* --- the list of all --------------------------------------------------------------------------------------------- */

static void join(struct pool *pool, struct connection *connection)
{
    connection->all_previous = NULL;
    connection->all_next = pool->all;
    if (pool->all != NULL) {
        pool->all->all_previous = connection;
    }
    pool->all = connection;
    pool->open++;
}

static void leave(struct pool *pool, struct connection *connection)
{
    if (connection->all_previous != NULL) {
        connection->all_previous->all_next = connection->all_next;
    } else {
        pool->all = connection->all_next;
    }
    if (connection->all_next != NULL) {
        connection->all_next->all_previous = connection->all_previous;
    }
    pool->open--;
}

void pool_discard(struct pool *pool, struct connection *connection)
{
    leave(pool, connection);
    pool->transport->close(connection);
}

/* --- the list of the free ones ----------------------------------------------------------------------------------- */

void pool_put_back(struct pool *pool, struct connection *connection, uint64_t now_ns)
{
    connection->free_next = NULL;
    connection->free_previous = pool->free_last;
    if (pool->free_last != NULL) {
        pool->free_last->free_next = connection;
    } else {
        pool->free_first = connection;
        pool->free_since_ns = now_ns;
    }
    pool->free_last = connection;
}

static void leave_free(struct pool *pool, struct connection *connection)
{
    if (connection->free_previous != NULL) {
        connection->free_previous->free_next = connection->free_next;
    } else {
        pool->free_first = connection->free_next;
    }
    if (connection->free_next != NULL) {
        connection->free_next->free_previous = connection->free_previous;
    } else {
        pool->free_last = connection->free_previous;
    }
}

struct connection *pool_take(struct pool *pool)
{
    struct connection *connection = pool->free_first;

    if (connection != NULL) {
        leave_free(pool, connection);
    }
    return connection;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

void pool_hold_off(struct pool *pool, uint64_t now_ns, enum failure failure)
{
    pool->denied += failure == FAILURE_UNSENT;
    pool->retry_ns = now_ns + RETRY_NS;
}

bool pool_open(struct pool *pool, uint64_t now_ns)
{
    struct connection *connection = pool->transport->open(pool->transport);

    if (connection == NULL) {
        pool_hold_off(pool, now_ns, pool->transport->refusal);
        return false;
    }
    pool->opened++;
    join(pool, connection);
    if (connection->state == CONNECTION_FREE) {
        pool_put_back(pool, connection, now_ns);
    } else {
        pool->opening++;
    }
    return true;
}

void pool_on_open(struct pool *pool, struct connection *connection, uint64_t now_ns)
{
    pool->opening--;
    pool_put_back(pool, connection, now_ns);
}

uint64_t pool_missing(const struct pool *pool, uint64_t wanted)
{
    uint64_t begun = pool->kept + pool->opened;
    bool slow_to_accept = pool->opening >= POOL_OPENING_MOST / 2;

    return begun < wanted && !slow_to_accept ? wanted - begun : 0;
}

/* --- ends -------------------------------------------------------------------------------------------------------- */

void pool_on_lost(struct pool *pool, struct connection *connection)
{
    leave(pool, connection);
    switch (connection->state) {
    case CONNECTION_OPENING:
        pool->opening--;
        break;
    case CONNECTION_FREE:
        leave_free(pool, connection);
        break;
    case CONNECTION_BUSY:
        pool->abandoned -= connection->abandoned;
        break;
    case CONNECTION_CLOSING:
        break;
    }
}

void pool_abandon(struct pool *pool, struct connection *connection)
{
    connection->abandoned = true;
    pool->abandoned++;
}

void pool_reclaim(struct pool *pool, struct connection *connection)
{
    connection->abandoned = false;
    pool->abandoned--;
}

void pool_close_abandoned(struct pool *pool)
{
    struct connection *next;

    for (struct connection *connection = pool->all; connection != NULL; connection = next) {
        next = connection->all_next;
        if (connection->abandoned) {
            pool_discard(pool, connection);
        }
    }
    pool->abandoned = 0;
}
