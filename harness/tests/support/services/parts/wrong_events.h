/* wrong_events: the streams of events of the wrong service, with whatever is wrong with them. */
#ifndef TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_EVENTS_H
#define TWOFOLD_TESTS_SUPPORT_PARTS_WRONG_EVENTS_H

#include "wrong_service.h"

#include <stddef.h>
#include <stdint.h>

#define WRONG_STREAMS_MOST 16

/* All zero: there are none. */
struct wrong_events {
    int fds[WRONG_STREAMS_MOST];
    uint64_t first[WRONG_STREAMS_MOST]; /* the first second that each gets */
    size_t count;
    uint64_t second; /* the last that was published; Unix time */
};

/* Somebody asked for a stream over this socket. */
void wrong_events_join(struct wrong_events *events, enum fault fault, int fd);

/* Somebody has gone, with or without a stream. */
void wrong_events_leave(struct wrong_events *events, enum fault fault, int fd);

/* Publish what is due by now. */
void wrong_events_publish(struct wrong_events *events, enum fault fault);

#endif
