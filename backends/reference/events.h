/* events: the streams of one server's subscribers: an event to each at every whole second of the wall clock. */
#ifndef REFERENCE_EVENTS_H
#define REFERENCE_EVENTS_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

#define EVENTS_HEAD_MOST 320 /* bytes of the head of a stream */
#define EVENTS_REST_MOST                                                                                               \
    (64 * 1024) /* what is kept for a subscriber who does not read, beside the socket's buffers                        \
                 */

struct connection;

struct events {
    uv_timer_t timer;
    struct connection *first;
    uint64_t published; /* the last second that was; Unix time */
};

/* Begin to publish on the loop. Returns 0, or libuv's error number. */
int events_start(struct events *events, uv_loop_t *loop);

/* Publish no more. The connections are the server's to close. */
void events_stop(struct events *events);

/* Writes the head of a stream to `out`, which has room for EVENTS_HEAD_MOST bytes: as chunks, or, for HTTP/1.0 (`old`),
 * up to the end of the connection. Returns how many bytes were written. */
size_t events_write_head(char *out, const char *date, int old);

/* The connection, whose head was just written, gets every second that begins from now on; and no more of them. */
void events_join(struct events *events, struct connection *connection);
void events_leave(struct events *events, struct connection *connection);

#endif
