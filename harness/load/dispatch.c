#include "load/dispatch.h"

#include "base/clock.h"
#include "load/check.h"

static bool closed_load(const struct dispatch *dispatch)
{
    return dispatch->step->rate == 0;
}

/* --- one request ------------------------------------------------------------------------------------------------- */

/* Send the next request of the traffic, due at `due_ns`, over a connection that was taken out of the pool. */
static void send_next(struct dispatch *dispatch, struct connection *connection, uint64_t due_ns, uint64_t now_ns,
                      bool punctual)
{
    struct composed composed;

    composer_next(dispatch->composer, &composed);
    connection->flight = (struct flight){.due_ns = due_ns,
                                         .sent_ns = now_ns,
                                         .interval = recorder_interval(&dispatch->recorder, due_ns),
                                         .request = (uint32_t)(composed.request - dispatch->options.traffic->requests)};
    if (composed.expected->length > 0) {
        text_clear(&connection->expected);
        text_append(&connection->expected, composed.expected->data, composed.expected->length);
    }
    connection->request = composed.request;
    recorder_sent(&dispatch->recorder, &connection->flight, punctual);
    if (dispatch->pool.transport->send(connection, &composed) != 0) {
        recorder_failed(&dispatch->recorder, &connection->flight, now_ns, FAILURE_RESET);
        pool_discard(&dispatch->pool, connection);
    }
}

/* --- the queue of due requests ----------------------------------------------------------------------------------- */

/* When the next request of an open load is due; UINT64_MAX after the last. */
static uint64_t next_due(const struct dispatch *dispatch)
{
    uint64_t due_ns = dispatch->schedule.due_ns;
    return due_ns == SCHEDULE_END ? UINT64_MAX : dispatch->start_ns + due_ns;
}

/* A request that is due and will not be sent. */
static struct flight unsent(const struct dispatch *dispatch, uint64_t due_ns)
{
    return (struct flight){.due_ns = due_ns, .interval = recorder_interval(&dispatch->recorder, due_ns)};
}

/* A connection could not be made. Where it would have been the only one, what is due by now has nowhere to go. The want
 * of this machine says nothing about the service: what is due stays so. */
static void record_no_connection(struct dispatch *dispatch, uint64_t now_ns, enum failure failure)
{
    if (dispatch->closed || now_ns < dispatch->start_ns || failure == FAILURE_UNSENT) {
        return;
    }
    if (closed_load(dispatch)) {
        if (now_ns < dispatch->recorder.end_ns) {
            struct flight flight = unsent(dispatch, now_ns);
            recorder_connect_failed(&dispatch->recorder, &flight, now_ns);
        }
    } else if (dispatch->pool.open == 0) {
        for (uint64_t due_ns; (due_ns = next_due(dispatch)) <= now_ns; schedule_next(&dispatch->schedule)) {
            struct flight flight = unsent(dispatch, due_ns);
            recorder_connect_failed(&dispatch->recorder, &flight, now_ns);
        }
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
    uint64_t late_ns = now_ns - next_due(dispatch);
    uint64_t own_rate = dispatch->step->rate / dispatch->options.threads + 1;
    return 1 + (uint64_t)((double)late_ns * (double)own_rate / (double)dispatch->schedule.rate_ns);
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

    if (dispatch->connections > 0 && pool->open != dispatch->connections) {
        keep_open(dispatch, now_ns);
    }
    for (uint64_t due_ns; (due_ns = next_due(dispatch)) <= now_ns; sent_ns = 0) {
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
        schedule_next(&dispatch->schedule);
        send_next(dispatch, connection, due_ns, sent_ns, pool->free_since_ns <= due_ns);
    }
}

static void send_closed_load(struct dispatch *dispatch, uint64_t now_ns)
{
    struct pool *pool = &dispatch->pool;
    struct connection *connection;

    if (now_ns >= dispatch->recorder.end_ns) {
        return;
    }
    open_up_to(dispatch, POOL_OPENING_MOST, dispatch->connections, now_ns);
    while ((connection = pool_take(pool)) != NULL) {
        if (pool->open > dispatch->connections) {
            pool_discard(pool, connection);
        } else {
            send_next(dispatch, connection, now_ns, now_ns, false);
        }
    }
}

void dispatch_due(struct dispatch *dispatch, uint64_t now_ns)
{
    if (dispatch->closed || now_ns < dispatch->start_ns) {
        return;
    }
    if (closed_load(dispatch)) {
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
    uint64_t due_ns = next_due(dispatch);

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
    if (closed_load(dispatch)) {
        return closed_next_due(dispatch, now_ns);
    }
    return open_next_due(dispatch);
}

bool dispatch_all_resolved(const struct dispatch *dispatch, uint64_t now_ns)
{
    if (now_ns < dispatch->recorder.end_ns || dispatch->recorder.in_flight > 0) {
        return false;
    }
    return closed_load(dispatch) || dispatch->schedule.due_ns == SCHEDULE_END;
}

/* --- a step ------------------------------------------------------------------------------------------------------ */

void dispatch_begin(struct dispatch *dispatch, const struct planned_step *step, uint64_t start_ns)
{
    const struct dispatch_options *options = &dispatch->options;

    dispatch->step = step;
    dispatch->start_ns = start_ns;
    dispatch->connections = step_share(step->connections, options->thread, options->threads);
    dispatch->closed = false;
    dispatch->composer = composer_new(options->traffic, options->authority, step, options->thread, options->threads);
    recorder_init(&dispatch->recorder, step, start_ns, options->deadline_ns, options->traffic->request_count);
    for (size_t i = 0; i < options->traffic->request_count; i++) {
        if (options->traffic->requests[i].has_limits) {
            recorder_follow(&dispatch->recorder, i);
        }
    }
    schedule_init(&dispatch->schedule, step, options->thread, options->threads);
    pool_begin_step(&dispatch->pool);
}

static void give_up(struct dispatch *dispatch, struct connection *connection, uint64_t now_ns)
{
    struct flight *flight = &connection->flight;

    if (closed_load(dispatch) && flight->interval < 0 && now_ns >= dispatch->recorder.end_ns) {
        recorder_carry(&dispatch->recorder, flight);
    }
    recorder_unanswered(&dispatch->recorder, flight, now_ns);
    pool_abandon(&dispatch->pool, connection);
}

void dispatch_close(struct dispatch *dispatch, uint64_t now_ns)
{
    for (struct connection *each = dispatch->pool.all; each != NULL; each = each->all_next) {
        if (each->state == CONNECTION_BUSY && !each->abandoned) {
            give_up(dispatch, each, now_ns);
        }
    }
    for (uint64_t due_ns; (due_ns = next_due(dispatch)) <= now_ns; schedule_next(&dispatch->schedule)) {
        struct flight flight = unsent(dispatch, due_ns);
        recorder_unsent(&dispatch->recorder, &flight, now_ns);
    }
    dispatch->closed = true;
}

void dispatch_finish(struct dispatch *dispatch, struct load_record *ret_record)
{
    dispatch->recorder.record.connections_opened = dispatch->pool.opened;
    dispatch->recorder.record.connections_denied = dispatch->pool.denied;
    recorder_take(&dispatch->recorder, ret_record);
    composer_free(dispatch->composer);
    dispatch->composer = NULL;
}

/* --- what the connections tell ----------------------------------------------------------------------------------- */

static void on_opened(void *owner, struct connection *connection)
{
    struct dispatch *dispatch = owner;
    uint64_t now_ns = clock_now_ns();

    pool_on_open(&dispatch->pool, connection, now_ns);
    dispatch_due(dispatch, now_ns);
}

/* One is enough to see what is wrong: the first of this thread in the step. */
static void keep_first_wrong(struct dispatch *dispatch, const struct connection *connection,
                             const struct response *response, uint64_t now_ns)
{
    struct load_record *record = &dispatch->recorder.record;

    if (record->first_wrong == NULL) {
        record->first_wrong = check_explain(response, connection->request, &connection->expected);
        record->first_wrong->at_ns = now_ns;
    }
}

static void keep_first_fault(struct dispatch *dispatch, const struct connection *connection,
                             const struct response_fault *fault, uint64_t now_ns)
{
    struct load_record *record = &dispatch->recorder.record;

    if (fault != NULL && fault->why != NULL && record->first_wrong == NULL) {
        record->first_wrong = check_explain_fault(fault, connection->request);
        record->first_wrong->at_ns = now_ns;
    }
}

static void on_responded(void *owner, struct connection *connection, const struct response *response)
{
    struct dispatch *dispatch = owner;
    uint64_t now_ns = clock_now_ns();
    enum failure failure = check_response(response, connection->request, &connection->expected);

    if (failure != FAILURE_NONE) {
        keep_first_wrong(dispatch, connection, response, now_ns);
    }
    if (connection->abandoned) {
        pool_reclaim(&dispatch->pool, connection);
        recorder_responded_late(&dispatch->recorder, &connection->flight, failure);
    } else {
        recorder_responded(&dispatch->recorder, &connection->flight, now_ns, failure);
        if (failure == FAILURE_STATUS) {
            recorder_wrong_status(&dispatch->recorder, &connection->flight, now_ns, (unsigned)response->status);
        }
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
        keep_first_fault(dispatch, connection, fault, now_ns);
        lose_request(dispatch, connection, now_ns, failure);
    }
}

/* --- its life ---------------------------------------------------------------------------------------------------- */

int dispatch_init(struct dispatch *dispatch, uv_loop_t *loop, const struct dispatch_options *options, struct error *err)
{
    static const struct transport_events events = {.opened = on_opened, .responded = on_responded, .lost = on_lost};

    *dispatch = (struct dispatch){.options = *options, .closed = true};
    return pool_init(&dispatch->pool,
                     &(struct transport_options){.loop = loop,
                                                 .protocol = &dispatch->options.protocol,
                                                 .address = options->address,
                                                 .authority = options->authority,
                                                 .traffic = options->traffic,
                                                 .events = &events,
                                                 .owner = dispatch},
                     err);
}

void dispatch_release(struct dispatch *dispatch)
{
    pool_release(&dispatch->pool);
}
