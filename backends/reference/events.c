#include "events.h"

#include "connection.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#define SECOND_MS  1000
#define EVENT_MOST 128

/* One event, as it is and as a chunk. */
struct published {
    char plain[EVENT_MOST], chunk[EVENT_MOST + 16];
    int plain_length, chunk_length;
};

static void tell_time(uint64_t *ret_second, uint64_t *ret_ms)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *ret_second = (uint64_t)now.tv_sec;
    *ret_ms = (uint64_t)now.tv_nsec / 1000000;
}

static void make_event(struct published *event, uint64_t second)
{
    event->plain_length = snprintf(event->plain, sizeof event->plain,
                                   "id: %" PRIu64 "\ndata: {\"second\":%" PRIu64 "}\n\n", second, second);
    event->chunk_length =
        snprintf(event->chunk, sizeof event->chunk, "%x\r\n%s\r\n", (unsigned)event->plain_length, event->plain);
}

static void publish(struct events *events, uint64_t second)
{
    struct published event;
    struct connection *next;

    make_event(&event, second);
    for (struct connection *c = events->first; c != NULL; c = next) {
        next = c->stream_next;
        if (second >= c->stream_from && c->old) {
            connection_push(c, event.plain, (size_t)event.plain_length);
        } else if (second >= c->stream_from) {
            connection_push(c, event.chunk, (size_t)event.chunk_length);
        }
    }
}

static void on_second(uv_timer_t *timer);

/* A timer counts whole milliseconds and may be early by a part of one: then it is set once more. */
static void wait_for_second(struct events *events, uint64_t ms)
{
    uv_update_time(events->timer.loop);
    uv_timer_start(&events->timer, on_second, SECOND_MS - ms, 0);
}

static void on_second(uv_timer_t *timer)
{
    struct events *events = timer->data;
    uint64_t second, ms;

    tell_time(&second, &ms);
    while (events->published < second) {
        publish(events, ++events->published);
    }
    if (events->published > second + 1) {
        events->published = second; /* the wall clock was set back */
    }
    tell_time(&second, &ms);
    wait_for_second(events, ms);
}

int events_start(struct events *events, uv_loop_t *loop)
{
    uint64_t ms;
    int status = uv_timer_init(loop, &events->timer);

    if (status == 0) {
        events->first = NULL;
        events->timer.data = events;
        tell_time(&events->published, &ms);
        wait_for_second(events, ms);
    }
    return status;
}

void events_stop(struct events *events)
{
    uv_close((uv_handle_t *)&events->timer, NULL);
}

size_t events_write_head(char *out, const char *date, int old)
{
    return (size_t)snprintf(out, EVENTS_HEAD_MOST,
                            "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: text/event-stream\r\n"
                            "Cache-Control: no-store\r\n%s\r\n\r\n",
                            date, old ? "Connection: close" : "Transfer-Encoding: chunked");
}

void events_join(struct events *events, struct connection *c)
{
    uint64_t second, ms;

    tell_time(&second, &ms);
    c->stream_from = second + 1;
    c->stream_previous = NULL;
    c->stream_next = events->first;
    if (events->first != NULL) {
        events->first->stream_previous = c;
    }
    events->first = c;
}

void events_leave(struct events *events, struct connection *c)
{
    *(c->stream_previous != NULL ? &c->stream_previous->stream_next : &events->first) = c->stream_next;
    if (c->stream_next != NULL) {
        c->stream_next->stream_previous = c->stream_previous;
    }
}
