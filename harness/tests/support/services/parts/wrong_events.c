#include "parts/wrong_events.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define EARLY_NS 200000000

static void send_text(int fd, const char *text)
{
    if (send(fd, text, strlen(text), MSG_NOSIGNAL) < 0) {
        shutdown(fd, SHUT_RDWR);
    }
}

static void send_head(enum fault fault, int fd)
{
    char head[256];

    snprintf(head, sizeof head, "HTTP/1.1 %s\r\nContent-Type: %s\r\n%s\r\n",
             fault == FAULT_STREAM_202 ? "202 Accepted" : "200 OK",
             fault == FAULT_STREAM_AS_TEXT ? "text/plain" : "text/event-stream; charset=utf-8",
             fault == FAULT_STREAM_CACHED ? "" : "Cache-Control: no-store\r\n");
    send_text(fd, head);
}

static uint64_t now_second(enum fault fault)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    bool early = fault == FAULT_STREAM_EARLY && now.tv_nsec >= 1000000000 - EARLY_NS;
    return (uint64_t)now.tv_sec + early;
}

void wrong_events_join(struct wrong_events *events, enum fault fault, int fd)
{
    if (events->count < WRONG_STREAMS_MOST) {
        events->second = events->count == 0 ? now_second(fault) : events->second;
        events->first[events->count] = now_second(fault) + 1;
        events->fds[events->count++] = fd;
        if (fault != FAULT_STREAM_LATE_HEAD) {
            send_head(fault, fd);
        }
    }
}

static void hurt_all(struct wrong_events *events)
{
    for (size_t i = 0; i < events->count; i++) {
        shutdown(events->fds[i], SHUT_RDWR);
    }
}

void wrong_events_leave(struct wrong_events *events, enum fault fault, int fd)
{
    for (size_t i = 0; i < events->count; i++) {
        if (events->fds[i] == fd) {
            events->count--;
            memmove(&events->fds[i], &events->fds[i + 1], (events->count - i) * sizeof *events->fds);
            memmove(&events->first[i], &events->first[i + 1], (events->count - i) * sizeof *events->first);
            if (fault == FAULT_STREAM_HURTS_OTHERS) {
                hurt_all(events);
            }
            return;
        }
    }
}

/* In one of the ways that are allowed: with a comment, CRLF and no space behind a colon. */
static void write_event(char *out, size_t size, enum fault fault, uint64_t second)
{
    char id[48];

    snprintf(id, sizeof id, "id:%" PRIu64 "\r\n", second);
    snprintf(out, size, ": a comment\r\n\r\n%s%sdata: {\"second\" :%" PRIu64 "}\r\n\r\n",
             fault == FAULT_STREAM_WITHOUT_ID ? "" : id, fault == FAULT_STREAM_TYPED ? "event: tick\r\n" : "",
             second - (fault == FAULT_STREAM_OTHER_DATA));
}

static void publish_to(const struct wrong_events *events, enum fault fault, size_t i, uint64_t second)
{
    char event[256];
    uint64_t heard = second - events->first[i];

    if ((fault == FAULT_STREAM_SKIPS && heard == 1) || (fault == FAULT_STREAM_ONE_GETS && i > 0)) {
        return;
    }
    if (fault == FAULT_STREAM_LATE_HEAD && heard == 0) {
        send_head(fault, events->fds[i]);
    }
    write_event(event, sizeof event, fault, second);
    send_text(events->fds[i], event);
    if (fault == FAULT_STREAM_TWICE && heard == 1) {
        send_text(events->fds[i], event);
    }
    if (fault == FAULT_STREAM_ENDS && heard == 1) {
        shutdown(events->fds[i], SHUT_RDWR);
    }
}

void wrong_events_publish(struct wrong_events *events, enum fault fault)
{
    for (uint64_t now = now_second(fault); events->count > 0 && events->second < now;) {
        events->second++;
        for (size_t i = 0; i < events->count; i++) {
            if (events->second >= events->first[i]) {
                publish_to(events, fault, i, events->second);
            }
        }
    }
}
