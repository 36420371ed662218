#include "load/dispatch.h"

#include "base/clock.h"
#include "load/roster.h"
#include "load/traffic/member.h"
#include "load/worker.h"

/* How many connections a worker may be opening at once: enough to grow fast, few enough not to be the cause of a full
 * accept queue by itself. */
#define OPENING_MOST 64

/* How long to leave the system alone after it refused a descriptor, a port or a connection. */
#define RETRY_NS (10 * CLOCK_MILLISECOND_NS)

/* --- requests ---------------------------------------------------------------------------------------------------- */

/* Send the next request of the schedule or the loop over a connection that is in no list but `all`. */
static void send_next(struct worker *worker, struct connection *connection, uint64_t due_ns, uint64_t now_ns,
                      bool punctual)
{
    struct composed composed;

    composer_next(worker->composer, &composed);
    connection->flight = (struct flight){.due_ns = due_ns,
                                         .sent_ns = now_ns,
                                         .interval = recorder_interval(&worker->recorder, due_ns),
                                         .request = (uint32_t)(composed.request - worker->options.traffic->requests)};
    if (composed.expected->length > 0) {
        text_clear(&connection->expected);
        text_append(&connection->expected, composed.expected->data, composed.expected->length);
    }
    connection->request = composed.request;
    recorder_sent(&worker->recorder, &connection->flight, punctual);
    if (worker->transport->send(connection, &composed) != 0) {
        recorder_failed(&worker->recorder, &connection->flight, now_ns, FAILURE_RESET);
        roster_discard(worker, connection);
    }
}

static enum failure check(const struct connection *connection, const struct answer *answer)
{
    const struct request *request = connection->request;
    bool right_status = request->expect_status != 0 ? answer->status == request->expect_status
                                                    : answer->status >= 200 && answer->status < 300;
    if (!right_status) {
        return FAILURE_STATUS;
    }
    if (request->expect_length >= 0 && answer->body_bytes != (uint64_t)request->expect_length) {
        return FAILURE_BODY;
    }
    if (request->expect_json != NULL &&
        (answer->body == NULL || !member_equals(answer->body, answer->body_length, request->expect_json,
                                                connection->expected.data, connection->expected.length))) {
        return FAILURE_BODY;
    }
    return FAILURE_NONE;
}

/* --- opening ----------------------------------------------------------------------------------------------------- */

static bool closed_load(const struct worker *worker)
{
    return worker->step->rate == 0;
}

static void refuse(struct worker *worker, uint64_t due_ns, uint64_t now_ns)
{
    struct flight flight = {.due_ns = due_ns, .interval = recorder_interval(&worker->recorder, due_ns)};
    recorder_refused(&worker->recorder, &flight, now_ns);
}

/* A connection could not be made. Where it would have been the only one, what is due by now has nowhere to go. */
static void could_not_open(struct worker *worker, uint64_t now_ns)
{
    struct schedule *schedule = &worker->schedule;

    worker->retry_ns = now_ns + RETRY_NS;
    if (worker->draining || now_ns < worker->start_ns) {
        return;
    }
    if (closed_load(worker)) {
        if (now_ns < worker->recorder.end_ns) {
            refuse(worker, now_ns, now_ns);
        }
    } else if (worker->open == 0) {
        while (schedule->due_ns != SCHEDULE_END && worker->start_ns + schedule->due_ns <= now_ns) {
            refuse(worker, worker->start_ns + schedule->due_ns, now_ns);
            schedule_next(schedule);
        }
    }
}

static bool open_one(struct worker *worker, uint64_t now_ns)
{
    struct connection *connection = worker->transport->open(worker->transport);
    if (connection == NULL) {
        could_not_open(worker, now_ns);
        return false;
    }
    worker->opened++;
    roster_join(worker, connection);
    if (connection->state == CONNECTION_FREE) {
        roster_join_free(worker, connection, now_ns);
    } else {
        worker->opening++;
    }
    return true;
}

/* About how many requests wait: one that is due, and what the rate has added since. */
static uint64_t waiting(const struct worker *worker, uint64_t now_ns)
{
    uint64_t late_ns = now_ns - worker->start_ns - worker->schedule.due_ns;
    uint64_t own_rate = worker->step->rate / worker->options.threads + 1;
    return 1 + (uint64_t)((double)late_ns * (double)own_rate / (double)CLOCK_SECOND_NS);
}

static void open_up_to(struct worker *worker, uint64_t opening, uint64_t most, uint64_t now_ns)
{
    uint64_t limit = opening < OPENING_MOST ? opening : OPENING_MOST;
    for (uint64_t i = worker->opening; i < limit && worker->open < most && now_ns >= worker->retry_ns; i++) {
        if (!open_one(worker, now_ns)) {
            return;
        }
    }
}

/* --- what the loop asks ------------------------------------------------------------------------------------------ */

static uint64_t most_open(const struct worker *worker)
{
    return worker->connections > 0 ? worker->connections : worker->options.connections_most;
}

/* As many connections as the step keeps open; those of a step with more are closed once they are free. */
static void keep_open(struct worker *worker, uint64_t now_ns)
{
    while (worker->open > worker->connections && worker->free_first != NULL) {
        struct connection *connection = worker->free_first;
        roster_leave_free(worker, connection);
        roster_discard(worker, connection);
    }
    open_up_to(worker, OPENING_MOST, worker->connections, now_ns);
}

static void dispatch_open_load(struct worker *worker, uint64_t now_ns)
{
    struct schedule *schedule = &worker->schedule;
    uint64_t sent_ns = now_ns;

    if (worker->connections > 0 && worker->open != worker->connections) {
        keep_open(worker, now_ns);
    }
    while (schedule->due_ns != SCHEDULE_END && worker->start_ns + schedule->due_ns <= now_ns) {
        uint64_t due_ns = worker->start_ns + schedule->due_ns;
        if (worker->free_first == NULL) {
            open_up_to(worker, waiting(worker, now_ns), most_open(worker), now_ns);
        }
        struct connection *connection = worker->free_first;
        if (connection == NULL) {
            return;
        }
        /* In a burst each request has its own moment: the last is not sent when the first is. */
        sent_ns = sent_ns != 0 ? sent_ns : clock_now_ns();
        roster_leave_free(worker, connection);
        schedule_next(schedule);
        send_next(worker, connection, due_ns, sent_ns, worker->free_since_ns <= due_ns);
        sent_ns = 0;
    }
}

static void dispatch_closed_load(struct worker *worker, uint64_t now_ns)
{
    if (now_ns >= worker->recorder.end_ns) {
        return;
    }
    open_up_to(worker, OPENING_MOST, worker->connections, now_ns);
    while (worker->free_first != NULL) {
        struct connection *connection = worker->free_first;
        roster_leave_free(worker, connection);
        if (worker->open > worker->connections) {
            roster_discard(worker, connection);
        } else {
            send_next(worker, connection, now_ns, now_ns, false);
        }
    }
}

void dispatch_due(struct worker *worker, uint64_t now_ns)
{
    if (worker->draining || now_ns < worker->start_ns) {
        return;
    }
    if (closed_load(worker)) {
        dispatch_closed_load(worker, now_ns);
    } else {
        dispatch_open_load(worker, now_ns);
    }
}

static uint64_t closed_next_due(const struct worker *worker, uint64_t now_ns)
{
    bool lacking = worker->open < worker->connections && worker->opening < OPENING_MOST;

    if (now_ns < worker->start_ns) {
        return worker->start_ns;
    }
    return lacking && now_ns < worker->recorder.end_ns ? worker->retry_ns : UINT64_MAX;
}

uint64_t dispatch_next_due(const struct worker *worker, uint64_t now_ns)
{
    if (worker->draining) {
        return UINT64_MAX;
    }
    if (closed_load(worker)) {
        return closed_next_due(worker, now_ns);
    }
    if (worker->schedule.due_ns == SCHEDULE_END) {
        return UINT64_MAX;
    }
    uint64_t due_ns = worker->start_ns + worker->schedule.due_ns;
    if (worker->free_first != NULL) {
        return due_ns;
    }
    bool may_open = worker->open < most_open(worker) && worker->opening == 0;
    return !may_open ? UINT64_MAX : due_ns > worker->retry_ns ? due_ns : worker->retry_ns;
}

bool dispatch_all_resolved(const struct worker *worker, uint64_t now_ns)
{
    bool nothing_due = closed_load(worker)
                           ? now_ns >= worker->recorder.end_ns
                           : worker->schedule.due_ns == SCHEDULE_END && now_ns >= worker->recorder.end_ns;
    return nothing_due && worker->recorder.in_flight == 0;
}

void dispatch_censor(struct worker *worker, uint64_t now_ns)
{
    struct schedule *schedule = &worker->schedule;

    for (struct connection *connection = worker->all; connection != NULL; connection = connection->all_next) {
        if (connection->state == CONNECTION_BUSY && !connection->abandoned) {
            if (closed_load(worker) && connection->flight.interval < 0 && now_ns >= worker->recorder.end_ns) {
                recorder_carry(&worker->recorder, &connection->flight);
            }
            recorder_unanswered(&worker->recorder, &connection->flight, now_ns);
            connection->abandoned = true;
            worker->abandoned++;
        }
    }
    while (schedule->due_ns != SCHEDULE_END && worker->start_ns + schedule->due_ns <= now_ns) {
        uint64_t due_ns = worker->start_ns + schedule->due_ns;
        struct flight flight = {.due_ns = due_ns, .interval = recorder_interval(&worker->recorder, due_ns)};
        recorder_unsent(&worker->recorder, &flight, now_ns);
        schedule_next(schedule);
    }
}

uint64_t dispatch_abandoned(const struct worker *worker)
{
    return worker->abandoned;
}

void dispatch_close_abandoned(struct worker *worker)
{
    struct connection *next;
    for (struct connection *connection = worker->all; connection != NULL; connection = next) {
        next = connection->all_next;
        if (connection->abandoned) {
            roster_discard(worker, connection);
        }
    }
    worker->abandoned = 0;
}

bool dispatch_held_up(const struct worker *worker)
{
    return worker->opening >= OPENING_MOST / 2;
}

void dispatch_close_all(struct worker *worker)
{
    while (worker->all != NULL) {
        roster_discard(worker, worker->all);
    }
    worker->free_first = worker->free_last = NULL;
    worker->opening = 0;
    worker->abandoned = 0;
}

/* --- what the connections tell ----------------------------------------------------------------------------------- */

static void on_ready(void *owner, struct connection *connection)
{
    struct worker *worker = owner;
    uint64_t now_ns = clock_now_ns();

    worker->opening--;
    roster_join_free(worker, connection, now_ns);
    dispatch_due(worker, now_ns);
}

static void on_answered(void *owner, struct connection *connection, const struct answer *answer)
{
    struct worker *worker = owner;
    uint64_t now_ns = clock_now_ns();

    if (connection->abandoned) {
        connection->abandoned = false;
        worker->abandoned--;
        recorder_answered_after_all(&worker->recorder, &connection->flight, check(connection, answer));
    } else {
        recorder_answered(&worker->recorder, &connection->flight, now_ns, check(connection, answer));
    }
    if (answer->keep_alive) {
        roster_join_free(worker, connection, now_ns);
    } else {
        roster_discard(worker, connection);
    }
    /* Closed load goes on at the end of the loop's turn: all that came is read first, then all is sent. */
    if (!closed_load(worker)) {
        dispatch_due(worker, now_ns);
    }
}

static void on_lost(void *owner, struct connection *connection, enum failure failure)
{
    struct worker *worker = owner;
    uint64_t now_ns = clock_now_ns();

    roster_leave(worker, connection);
    switch (connection->state) {
    case CONNECTION_OPENING:
        worker->opening--;
        could_not_open(worker, now_ns);
        break;
    case CONNECTION_FREE:
        roster_leave_free(worker, connection);
        break;
    case CONNECTION_BUSY:
        if (connection->abandoned) {
            worker->abandoned--;
        } else if (failure == FAILURE_CONNECT) {
            worker->retry_ns = now_ns + RETRY_NS;
            recorder_unconnected(&worker->recorder, &connection->flight, now_ns);
        } else {
            recorder_failed(&worker->recorder, &connection->flight, now_ns, failure);
        }
        break;
    case CONNECTION_CLOSING:
        break;
    }
}

const struct transport_events dispatch_events = {.ready = on_ready, .answered = on_answered, .lost = on_lost};
