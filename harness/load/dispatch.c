#include "load/dispatch.h"

#include "base/clock.h"
#include "load/receipt.h"
#include "load/unsent.h"

static bool closed_load(const struct dispatch *dispatch)
{
    return dispatch->step->rate == 0;
}

static bool has_streams(const struct dispatch *dispatch)
{
    return dispatch->step->subscribers > 0;
}

/* --- one request ------------------------------------------------------------------------------------------------- */

/* The user's request is over, if it is that of a user. */
static void user_goes_on(struct dispatch *dispatch, struct connection *connection, uint64_t now_ns, bool failed)
{
    struct user *user = connection->user;

    connection->user = NULL;
    demand_go_on(&dispatch->demand, user, now_ns, failed);
}

/* Send a request over a connection that was taken out of the pool, and whose flight says when it is due and sent. */
static void send_over(struct dispatch *dispatch, struct connection *connection, const struct composed *composed,
                      bool punctual)
{
    struct flight *flight = &connection->flight;

    flight->interval = recorder_interval(&dispatch->recorder, flight->due_ns);
    flight->request = (uint32_t)(composed->request - dispatch->options.traffic->requests);
    if (composed->expected->length > 0) {
        text_clear(&connection->expected);
        text_append(&connection->expected, composed->expected->data, composed->expected->length);
    }
    connection->request = composed->request;
    recorder_sent(&dispatch->recorder, flight, punctual);
    if (dispatch->pool.transport->send(connection, composed) != 0) {
        recorder_failed(&dispatch->recorder, flight, flight->sent_ns, FAILURE_RESET);
        user_goes_on(dispatch, connection, flight->sent_ns, true);
        pool_discard(&dispatch->pool, connection);
    }
}

/* --- the queue of due requests ----------------------------------------------------------------------------------- */

/* A connection could not be made. Where it would have been the only one, what is due by now has nowhere to go. The want
 * of this machine says nothing about the service: what is due stays so. */
static void record_no_connection(struct dispatch *dispatch, uint64_t now_ns, enum failure failure)
{
    if (dispatch->closed || now_ns < dispatch->start_ns || failure == FAILURE_UNSENT) {
        return;
    }
    if (closed_load(dispatch)) {
        if (now_ns < dispatch->recorder.end_ns) {
            struct flight flight = unsent_flight(&dispatch->recorder, now_ns);
            recorder_connect_failed(&dispatch->recorder, &flight, now_ns);
        }
    } else if (dispatch->pool.open == 0) {
        unsent_drop(&dispatch->demand, &dispatch->recorder, now_ns, recorder_connect_failed);
    }
}

/* Open connections until `opening` are being opened (or as many as are opened at a time) or there are `most`. */
static void open_up_to(struct dispatch *dispatch, uint64_t opening, uint64_t most, uint64_t now_ns)
{
    struct pool *pool = &dispatch->pool;
    uint64_t limit = opening < POOL_OPENING_MOST ? opening : POOL_OPENING_MOST;

    for (uint64_t i = pool->opening; i < limit && pool->open < most && now_ns >= pool->retry_ns; i++) {
        if (!pool_open(pool, now_ns)) {
            record_no_connection(dispatch, now_ns, pool->transport->refusal);
            return;
        }
    }
}

/* About how many requests wait: one that is due, and what the rate has added since. */
static uint64_t waiting(const struct dispatch *dispatch, uint64_t now_ns)
{
    uint64_t late_ns = now_ns - demand_due_ns(&dispatch->demand);
    uint64_t own_rate = dispatch->step->rate / dispatch->options.threads + 1;
    return 1 + (uint64_t)((double)late_ns * (double)own_rate / (double)dispatch->demand.schedule.rate_ns);
}

static uint64_t most_open(const struct dispatch *dispatch)
{
    if (dispatch->connections > 0) {
        return dispatch->connections;
    }
    return dispatch->options.connections_most;
}

/* As many connections as the step keeps open; those of a step with more are closed once they are free. */
static void keep_open(struct dispatch *dispatch, uint64_t now_ns)
{
    struct pool *pool = &dispatch->pool;

    while (pool->open > dispatch->connections && pool->free_first != NULL) {
        pool_discard(pool, pool_take(pool));
    }
    open_up_to(dispatch, POOL_OPENING_MOST, dispatch->connections, now_ns);
}

static void send_open_load(struct dispatch *dispatch, uint64_t now_ns)
{
    struct pool *pool = &dispatch->pool;
    uint64_t sent_ns = now_ns;
    struct composed composed;

    if (dispatch->connections > 0 && pool->open != dispatch->connections) {
        keep_open(dispatch, now_ns);
    }
    for (uint64_t due_ns; (due_ns = demand_due_ns(&dispatch->demand)) <= now_ns; sent_ns = 0) {
        if (unsent_turn_away(&dispatch->demand, &dispatch->recorder, due_ns, now_ns)) {
            continue;
        }
        if (pool->free_first == NULL) {
            open_up_to(dispatch, waiting(dispatch, now_ns), most_open(dispatch), now_ns);
        }
        struct connection *connection = pool_take(pool);
        if (connection == NULL) {
            return;
        }
        if (sent_ns == 0) {
            sent_ns =
                clock_now_ns(); /* in a burst each request has its own moment: the last does not go with the first */
        }
        connection->flight = (struct flight){.due_ns = due_ns, .sent_ns = sent_ns};
        connection->user = demand_take(&dispatch->demand, &composed);
        send_over(dispatch, connection, &composed, pool->free_since_ns <= due_ns);
    }
}

static void send_closed_load(struct dispatch *dispatch, uint64_t now_ns)
{
    struct pool *pool = &dispatch->pool;
    struct connection *connection;
    struct composed composed;

    if (now_ns >= dispatch->recorder.end_ns) {
        return;
    }
    open_up_to(dispatch, POOL_OPENING_MOST, dispatch->connections, now_ns);
    while ((connection = pool_take(pool)) != NULL) {
        if (pool->open > dispatch->connections) {
            pool_discard(pool, connection);
        } else {
            connection->flight = (struct flight){.due_ns = now_ns, .sent_ns = now_ns};
            demand_next(&dispatch->demand, &composed);
            send_over(dispatch, connection, &composed, false);
        }
    }
}

void dispatch_due(struct dispatch *dispatch, uint64_t now_ns)
{
    if (dispatch->closed || now_ns < dispatch->start_ns) {
        return;
    }
    if (has_streams(dispatch)) {
        streams_due(&dispatch->streams, now_ns);
    } else if (closed_load(dispatch)) {
        send_closed_load(dispatch, now_ns);
    } else {
        send_open_load(dispatch, now_ns);
    }
}

/* --- what the loop asks ------------------------------------------------------------------------------------------ */

static uint64_t closed_next_due(const struct dispatch *dispatch, uint64_t now_ns)
{
    const struct pool *pool = &dispatch->pool;
    bool lacking = pool->open < dispatch->connections && pool->opening < POOL_OPENING_MOST;

    if (now_ns < dispatch->start_ns) {
        return dispatch->start_ns;
    }
    if (!lacking || now_ns >= dispatch->recorder.end_ns) {
        return UINT64_MAX;
    }
    return pool->retry_ns;
}

static uint64_t open_next_due(const struct dispatch *dispatch)
{
    const struct pool *pool = &dispatch->pool;
    uint64_t due_ns = demand_due_ns(&dispatch->demand);

    if (due_ns == UINT64_MAX || pool->free_first != NULL) {
        return due_ns;
    }
    if (pool->open >= most_open(dispatch) || pool->opening > 0) {
        return UINT64_MAX;
    }
    return due_ns > pool->retry_ns ? due_ns : pool->retry_ns;
}

uint64_t dispatch_next_due(const struct dispatch *dispatch, uint64_t now_ns)
{
    if (dispatch->closed) {
        return UINT64_MAX;
    }
    if (has_streams(dispatch)) {
        return streams_next_due(&dispatch->streams, now_ns);
    }
    if (closed_load(dispatch)) {
        return closed_next_due(dispatch, now_ns);
    }
    return open_next_due(dispatch);
}

bool dispatch_all_resolved(const struct dispatch *dispatch, uint64_t now_ns)
{
    if (now_ns < dispatch->recorder.end_ns || dispatch->recorder.flights.count > 0) {
        return false;
    }
    if (has_streams(dispatch)) {
        return streams_all_due(&dispatch->streams);
    }
    return closed_load(dispatch) || demand_due_ns(&dispatch->demand) == UINT64_MAX;
}

/* --- a step ------------------------------------------------------------------------------------------------------ */

static void begin_streams(struct dispatch *dispatch)
{
    const struct dispatch_options *options = &dispatch->options;

    streams_begin(&dispatch->streams,
                  &(struct streams_options){.pool = &dispatch->pool,
                                            .demand = &dispatch->demand,
                                            .recorder = &dispatch->recorder,
                                            .traffic = options->traffic,
                                            .wall_ahead_ns = options->wall_ahead_ns},
                  dispatch->connections, dispatch->start_ns, dispatch->recorder.end_ns);
}

void dispatch_begin(struct dispatch *dispatch, const struct planned_step *step, uint64_t start_ns)
{
    const struct dispatch_options *options = &dispatch->options;

    dispatch->step = step;
    dispatch->start_ns = start_ns;
    dispatch->connections = step_share(step->connections, options->thread, options->threads);
    dispatch->closed = false;
    demand_init(&dispatch->demand, &(struct demand_options){.traffic = options->traffic,
                                                            .authority = options->authority,
                                                            .step = step,
                                                            .thread = options->thread,
                                                            .threads = options->threads,
                                                            .start_ns = start_ns,
                                                            .sessions_most = options->sessions_most});
    recorder_init(&dispatch->recorder, step, start_ns, options->deadline_ns, options->traffic->request_count);
    for (size_t i = 0; i < options->traffic->request_count; i++) {
        if (options->traffic->requests[i].has_limits) {
            recorder_follow(&dispatch->recorder, i);
        }
    }
    if (has_streams(dispatch)) {
        begin_streams(dispatch);
    }
    pool_begin_step(&dispatch->pool);
}

static void give_up(struct dispatch *dispatch, struct connection *connection, uint64_t now_ns)
{
    struct flight *flight = &connection->flight;

    if (closed_load(dispatch) && flight->interval < 0 && now_ns >= dispatch->recorder.end_ns) {
        recorder_carry(&dispatch->recorder, flight);
    }
    recorder_unanswered(&dispatch->recorder, flight, now_ns);
    user_goes_on(dispatch, connection, now_ns, true);
    pool_abandon(&dispatch->pool, connection);
}

void dispatch_close(struct dispatch *dispatch, uint64_t now_ns)
{
    if (has_streams(dispatch)) {
        streams_close(&dispatch->streams, now_ns);
        dispatch->closed = true;
        return;
    }
    for (struct connection *each = dispatch->pool.all; each != NULL; each = each->all_next) {
        if (each->state == CONNECTION_BUSY && !each->abandoned) {
            give_up(dispatch, each, now_ns);
        }
    }
    unsent_drop(&dispatch->demand, &dispatch->recorder, now_ns, recorder_unsent);
    dispatch->closed = true;
}

void dispatch_finish(struct dispatch *dispatch, struct load_record *ret_record)
{
    dispatch->recorder.record.connections_opened = dispatch->pool.opened;
    dispatch->recorder.record.connections_denied = dispatch->pool.denied;
    demand_close(&dispatch->demand, &dispatch->recorder.record.sessions);
    recorder_take(&dispatch->recorder, ret_record);
}

/* --- what the connections tell ----------------------------------------------------------------------------------- */

static void on_opened(void *owner, struct connection *connection)
{
    struct dispatch *dispatch = owner;
    uint64_t now_ns = clock_now_ns();

    pool_on_open(&dispatch->pool, connection, now_ns);
    dispatch_due(dispatch, now_ns);
}

static void on_responded(void *owner, struct connection *connection, const struct response *response)
{
    struct dispatch *dispatch = owner;
    uint64_t now_ns = clock_now_ns();
    enum failure failure =
        receipt_judge(&dispatch->recorder.record, dispatch->options.traffic, connection, response, now_ns);

    if (connection->abandoned) {
        pool_reclaim(&dispatch->pool, connection);
        recorder_responded_late(&dispatch->recorder, &connection->flight, failure);
    } else {
        bool late = now_ns - connection->flight.due_ns > dispatch->options.deadline_ns;
        recorder_responded(&dispatch->recorder, &connection->flight, now_ns, failure);
        if (failure == FAILURE_STATUS) {
            recorder_wrong_status(&dispatch->recorder, &connection->flight, now_ns, (unsigned)response->status);
        }
        user_goes_on(dispatch, connection, now_ns, late || failure != FAILURE_NONE);
    }
    if (response->keep_alive) {
        pool_put_back(&dispatch->pool, connection, now_ns);
    } else {
        pool_discard(&dispatch->pool, connection);
    }
    /* Closed load goes on at the end of the loop's turn: all that came is read first, then all is sent. */
    if (!dispatch->closed && !closed_load(dispatch)) {
        dispatch_due(dispatch, now_ns);
    }
}

/* The request that a connection carried when it ended. */
static void lose_request(struct dispatch *dispatch, const struct connection *connection, uint64_t now_ns,
                         enum failure failure)
{
    if (failure == FAILURE_CONNECT || failure == FAILURE_UNSENT) {
        pool_hold_off(&dispatch->pool, now_ns, failure);
        recorder_unconnected(&dispatch->recorder, &connection->flight, now_ns, failure);
    } else {
        recorder_failed(&dispatch->recorder, &connection->flight, now_ns, failure);
    }
}

static void on_lost(void *owner, struct connection *connection, enum failure failure,
                    const struct response_fault *fault)
{
    struct dispatch *dispatch = owner;
    uint64_t now_ns = clock_now_ns();

    pool_on_lost(&dispatch->pool, connection);
    if (connection->state == CONNECTION_OPENING) {
        pool_hold_off(&dispatch->pool, now_ns, failure);
        record_no_connection(dispatch, now_ns, failure);
    } else if (connection->state == CONNECTION_BUSY && !connection->abandoned) {
        receipt_fault(&dispatch->recorder.record, connection, fault, now_ns);
        lose_request(dispatch, connection, now_ns, failure);
        user_goes_on(dispatch, connection, now_ns, true);
    }
}

static const struct transport_events request_events = {.opened = on_opened, .responded = on_responded, .lost = on_lost};

/* --- its life ---------------------------------------------------------------------------------------------------- */

int dispatch_init(struct dispatch *dispatch, uv_loop_t *loop, const struct dispatch_options *options, struct error *err)
{
    *dispatch = (struct dispatch){.options = *options, .closed = true};
    return pool_init(&dispatch->pool,
                     &(struct transport_options){.loop = loop,
                                                 .protocol = &dispatch->options.protocol,
                                                 .address = options->address,
                                                 .authority = options->authority,
                                                 .traffic = options->traffic,
                                                 .events = &request_events,
                                                 .owner = dispatch},
                     err);
}

void dispatch_release(struct dispatch *dispatch)
{
    pool_release(&dispatch->pool);
    streams_release(&dispatch->streams);
}
