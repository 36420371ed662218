#include "load/streams/streams.h"

#include "base/clock.h"
#include "base/mem.h"
#include "load/receipt.h"

#include <stdlib.h>

/* ---- those without a stream ------------------------------------------------------------------------------------- */

static void rest(struct streams *streams, struct subscriber *subscriber)
{
    subscriber->idle_next = streams->idle;
    streams->idle = subscriber;
}

static struct subscriber *take_idle(struct streams *streams)
{
    struct subscriber *subscriber = streams->idle;

    if (subscriber != NULL) {
        streams->idle = subscriber->idle_next;
    }
    return subscriber;
}

/* A stream that ended is not opened again at once, so that a service that ends each is not asked without a pause. */
static void end_stream(struct streams *streams, struct subscriber *subscriber, uint64_t now_ns, enum failure failure)
{
    if (subscriber != NULL) {
        subscriber_lost(subscriber, &streams->terms, now_ns, failure);
        rest(streams, subscriber);
    }
    pool_hold_off(streams->options.pool, now_ns, FAILURE_CONNECT);
}

/* ---- a step ----------------------------------------------------------------------------------------------------- */

static void drop(struct streams *streams, struct subscriber *subscriber)
{
    if (subscriber->connection != NULL) {
        subscriber->connection->subscriber = NULL;
        pool_discard(streams->options.pool, subscriber->connection);
    }
    free(subscriber);
}

static void resize(struct streams *streams, size_t count)
{
    while (streams->count > count) {
        drop(streams, streams->all[--streams->count]);
    }
    if (streams->count < count) {
        streams->all = mem_resize(streams->all, count, sizeof(struct subscriber *));
    }
    while (streams->count < count) {
        struct subscriber *subscriber = mem_new(1, sizeof *subscriber);
        subscriber->why = FAILURE_CONNECT;
        streams->all[streams->count++] = subscriber;
    }
    streams->idle = NULL;
    for (size_t i = count; i > 0; i--) {
        if (streams->all[i - 1]->connection == NULL) {
            rest(streams, streams->all[i - 1]);
        }
    }
}

static int64_t wall_ahead_ns(const struct streams *streams)
{
    return streams->options.wall_ahead_ns != NULL ? streams->options.wall_ahead_ns() : clock_wall_ahead_ns();
}

static uint64_t second_due_ns(const struct streams *streams)
{
    return wall_seconds_due_ns(&streams->terms.wall, streams->terms.second);
}

bool streams_all_due(const struct streams *streams)
{
    return second_due_ns(streams) >= streams->end_ns;
}

static void come_due(struct streams *streams, uint64_t until_ns)
{
    for (; !streams->closed && second_due_ns(streams) <= until_ns && !streams_all_due(streams);
         streams->terms.second++) {
        for (size_t i = 0; i < streams->count; i++) {
            struct subscriber *subscriber = streams->all[i];
            if (subscriber->connection == NULL && streams->refusal != FAILURE_NONE) {
                subscriber->why = streams->refusal;
            }
            subscriber_due(subscriber, &streams->terms, streams->terms.second);
        }
        wall_seconds_look(&streams->terms.wall, wall_ahead_ns(streams));
    }
}

static bool lacks(const struct streams *streams)
{
    const struct pool *pool = streams->options.pool;
    return pool->open < streams->count && pool->opening < POOL_OPENING_MOST;
}

static void open_more(struct streams *streams, uint64_t now_ns)
{
    struct pool *pool = streams->options.pool;

    while (lacks(streams) && now_ns < streams->end_ns && now_ns >= pool->retry_ns) {
        if (!pool_open(pool, now_ns)) {
            streams->refusal = pool->transport->refusal;
            return;
        }
    }
}

void streams_due(struct streams *streams, uint64_t now_ns)
{
    if (streams->closed || now_ns < streams->start_ns) {
        return;
    }
    come_due(streams, now_ns);
    open_more(streams, now_ns);
    read_delay_turn(&streams->delay, now_ns, clock_now_ns());
}

uint64_t streams_next_due(const struct streams *streams, uint64_t now_ns)
{
    uint64_t next_ns = streams_all_due(streams) ? UINT64_MAX : second_due_ns(streams);

    if (now_ns < streams->start_ns) {
        return streams->start_ns;
    }
    if (lacks(streams) && now_ns < streams->end_ns && streams->options.pool->retry_ns < next_ns) {
        return streams->options.pool->retry_ns;
    }
    return next_ns;
}

void streams_close(struct streams *streams, uint64_t now_ns)
{
    for (size_t i = 0; i < streams->count; i++) {
        subscriber_give_up(streams->all[i], &streams->terms, now_ns);
    }
    streams->terms.first = streams->terms.second;
    streams->terms.recorder->record.wall_stepped_ns = streams->terms.wall.stepped_ns;
    streams->closed = true;
}

void streams_release(struct streams *streams)
{
    for (size_t i = 0; i < streams->count; i++) {
        free(streams->all[i]);
    }
    free(streams->all);
    *streams = (struct streams){0};
}

/* ---- what the connections tell ---------------------------------------------------------------------------------- */

static void ask(struct streams *streams, struct subscriber *subscriber, struct connection *connection, uint64_t now_ns)
{
    struct composed composed;

    demand_next(streams->options.demand, &composed);
    subscriber->connection = connection;
    subscriber->request = composed.request;
    subscriber->request_index = (uint32_t)(composed.request - streams->options.traffic->requests);
    subscriber_ask(subscriber, &streams->terms, now_ns);
    connection->subscriber = subscriber;
    connection->request = composed.request;
    if (streams->options.pool->transport->send(connection, &composed) != 0) {
        end_stream(streams, subscriber, now_ns, FAILURE_RESET);
        pool_discard(streams->options.pool, connection);
    }
}

static void on_opened(void *owner, struct connection *connection)
{
    struct streams *streams = owner;
    struct subscriber *subscriber = take_idle(streams);
    uint64_t now_ns = clock_now_ns();

    pool_on_open(streams->options.pool, connection, now_ns);
    pool_take(streams->options.pool); /* it: none but this one is free */
    streams->refusal = FAILURE_NONE;
    if (subscriber == NULL) {
        pool_discard(streams->options.pool, connection);
    } else {
        ask(streams, subscriber, connection, now_ns);
    }
}

/* One event of a piece. */
struct arrival {
    struct streams *streams;
    struct subscriber *subscriber;
    uint64_t now_ns;
};

static void on_event(void *context, const struct stream_event *event)
{
    struct arrival *arrival = context;
    struct streams *streams = arrival->streams;

    subscriber_event(arrival->subscriber, &streams->terms, event, arrival->now_ns);
}

/* The generator's own delay, which counts as send lag. */
static void note_delay(struct streams *streams, uint64_t now_ns, uint64_t delay_ns)
{
    struct recorder *recorder = streams->terms.recorder;

    if (now_ns >= recorder->measure_ns && now_ns < recorder->end_ns) {
        histogram_record(&recorder->record.send_lag, delay_ns);
    }
}

static void on_streamed(void *owner, struct connection *connection, const struct response *piece)
{
    struct streams *streams = owner;
    uint64_t now_ns = clock_now_ns();
    struct subscriber *subscriber = connection->subscriber;

    if (subscriber == NULL) {
        return;
    }
    if (subscriber->headed == 0) {
        subscriber_head(subscriber, &streams->terms, piece, now_ns);
    }
    if (subscriber->next != 0 && piece->body_length > 0) {
        uint64_t next = subscriber->next, delay_ns = read_delay_of(&streams->delay, now_ns);
        come_due(streams, now_ns + SUBSCRIBER_EARLY_NS);
        event_parser_feed(&subscriber->parser, piece->body, piece->body_length, on_event,
                          &(struct arrival){streams, subscriber, now_ns});
        if (subscriber->next > next) {
            note_delay(streams, now_ns, delay_ns);
        }
    }
}

/* A stream has no end of its own. */
static void on_responded(void *owner, struct connection *connection, const struct response *response)
{
    struct streams *streams = owner;

    (void)response;
    end_stream(streams, connection->subscriber, clock_now_ns(), FAILURE_RESET);
    pool_discard(streams->options.pool, connection);
}

static void on_lost(void *owner, struct connection *connection, enum failure failure,
                    const struct response_fault *fault)
{
    struct streams *streams = owner;
    uint64_t now_ns = clock_now_ns();

    receipt_fault(&streams->terms.recorder->record, connection, fault, now_ns);
    pool_on_lost(streams->options.pool, connection);
    if (connection->subscriber != NULL) {
        end_stream(streams, connection->subscriber, now_ns, failure);
    } else {
        pool_hold_off(streams->options.pool, now_ns, failure);
    }
    if (failure == FAILURE_CONNECT || failure == FAILURE_UNSENT) {
        streams->refusal = failure;
    }
}

static const struct transport_events events = {.opened = on_opened,
                                               .responded = on_responded,
                                               .streamed = on_streamed,
                                               .lost = on_lost};

void streams_begin(struct streams *streams, const struct streams_options *options, size_t count, uint64_t start_ns,
                   uint64_t end_ns)
{
    streams->options = *options;
    options->pool->transport->events = &events;
    options->pool->transport->owner = streams;
    int64_t ahead_ns = wall_ahead_ns(streams);
    wall_seconds_look(&streams->terms.wall, ahead_ns);
    if (streams->terms.wall.stepped_ns > SUBSCRIBER_EARLY_NS) {
        resize(streams, 0); /* what they are at says nothing of the seconds that come now */
    }
    resize(streams, count);
    streams->terms.recorder = options->recorder;
    wall_seconds_begin(&streams->terms.wall, ahead_ns);
    streams->terms.first = streams->terms.second = wall_seconds_next(&streams->terms.wall, start_ns);
    streams->delay = (struct read_delay){0};
    streams->refusal = FAILURE_NONE;
    streams->start_ns = start_ns;
    streams->end_ns = end_ns;
    streams->closed = false;
}
