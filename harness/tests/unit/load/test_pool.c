#include "load/pool.h"

#include "base/clock.h"
#include "base/mem.h"
#include "test.h"

#include <stdlib.h>

/* A transport without a network: connections stay as they are made until the test changes them. */
struct still_transport {
    struct transport base;
    enum connection_state state; /* of new connections */
    bool refuses;
    unsigned closed;
};

static struct still_transport *transport_of;

static struct connection *still_open(struct transport *base)
{
    const struct still_transport *transport = (struct still_transport *)base;
    if (transport->refuses) {
        return NULL;
    }
    struct connection *connection = mem_new(1, sizeof *connection);
    connection->state = transport->state;
    return connection;
}

static void still_close(struct connection *connection)
{
    transport_of->closed++;
    free(connection);
}

static void still_free(struct transport *base)
{
    (void)base;
}

static void start(struct pool *pool, struct still_transport *transport)
{
    *transport = (struct still_transport){.base = {.open = still_open, .close = still_close, .free = still_free},
                                          .state = CONNECTION_FREE};
    transport_of = transport;
    *pool = (struct pool){.transport = &transport->base};
}

TEST(free_connections_are_used_in_turn)
{
    struct still_transport transport;
    struct pool pool;

    start(&pool, &transport);
    assert_null(pool_take(&pool));
    for (int i = 0; i < 3; i++) {
        assert_true(pool_open(&pool, 1));
    }
    struct connection *first = pool_take(&pool), *second = pool_take(&pool), *third = pool_take(&pool);
    assert_null(pool_take(&pool));
    pool_put_back(&pool, second, 5);
    pool_put_back(&pool, first, 6);
    assert_int_equal(pool.free_since_ns, 5);
    assert_ptr_equal(pool_take(&pool), second);
    pool_put_back(&pool, third, 7);
    assert_ptr_equal(pool_take(&pool), first);
    assert_ptr_equal(pool_take(&pool), third);
    assert_int_equal(pool.open, 3);
    pool_release(&pool);
    assert_int_equal(transport.closed, 3);
}

TEST(a_lost_connection_leaves_every_list_it_was_in)
{
    struct still_transport transport;
    struct pool pool;

    start(&pool, &transport);
    for (int i = 0; i < 3; i++) {
        pool_open(&pool, 1);
    }
    struct connection *middle = pool.free_first->free_next;
    pool_on_lost(&pool, middle);
    free(middle);
    assert_int_equal(pool.open, 2);
    struct connection *busy = pool_take(&pool), *last = pool_take(&pool);
    assert_null(pool_take(&pool));
    busy->state = CONNECTION_BUSY;
    pool_abandon(&pool, busy);
    assert_int_equal(pool.abandoned, 1);
    pool_on_lost(&pool, busy);
    free(busy);
    assert_int_equal(pool.abandoned, 0);
    assert_ptr_equal(pool.all, last);
    transport.state = CONNECTION_OPENING;
    pool_open(&pool, 1);
    assert_int_equal(pool.opening, 1);
    struct connection *opening = pool.all;
    pool_on_lost(&pool, opening);
    free(opening);
    assert_int_equal(pool.opening, 0);
    pool_release(&pool);
    assert_int_equal(transport.closed, 1);
}

TEST(only_abandoned_connections_are_closed_after_the_drain)
{
    struct still_transport transport;
    struct pool pool;

    start(&pool, &transport);
    for (int i = 0; i < 4; i++) {
        pool_open(&pool, 1);
    }
    struct connection *first = pool_take(&pool), *second = pool_take(&pool), *third = pool_take(&pool);
    pool_abandon(&pool, first);
    pool_abandon(&pool, second);
    pool_abandon(&pool, third);
    pool_reclaim(&pool, second);
    pool_put_back(&pool, second, 9);
    pool_close_abandoned(&pool);
    assert_int_equal(transport.closed, 2);
    assert_int_equal(pool.open, 2);
    assert_int_equal(pool.abandoned, 0);
    pool_release(&pool);
}

TEST(after_a_refused_try_the_next_waits)
{
    struct still_transport transport;
    struct pool pool;

    start(&pool, &transport);
    transport.refuses = true;
    assert_false(pool_open(&pool, 1000));
    assert_true(pool.retry_ns > 1000 && pool.retry_ns < CLOCK_SECOND_NS);
    assert_int_equal(pool.open, 0);
    pool_begin_step(&pool);
    assert_int_equal(pool.retry_ns, 0);
    pool_release(&pool);
}

TEST(a_connection_is_missing_only_when_it_was_never_begun_and_the_service_is_not_slow_to_accept)
{
    struct still_transport transport;
    struct pool pool;

    start(&pool, &transport);
    for (int i = 0; i < 2; i++) {
        pool_open(&pool, 1);
    }
    pool_begin_step(&pool);
    transport.state = CONNECTION_OPENING;
    for (int i = 0; i < 3; i++) {
        pool_open(&pool, 1);
    }
    assert_int_equal(pool_missing(&pool, 5), 0);
    assert_int_equal(pool_missing(&pool, 9), 4);
    pool_discard(&pool, pool_take(&pool)); /* what was open once is not missing */
    assert_int_equal(pool_missing(&pool, 9), 4);
    while (pool.opening < POOL_OPENING_MOST / 2) {
        pool_open(&pool, 1);
    }
    assert_int_equal(pool_missing(&pool, 1000), 0);
    pool_release(&pool);
}
