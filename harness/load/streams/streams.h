/* streams: the subscribers of one generator thread, their connections, and when messages come due to them. Streams are
 * opened as connections are, a few at a time, and kept from step to step; one that ends is opened again. All times are
 * clock_now_ns(). */
#ifndef TWOFOLD_LOAD_STREAMS_STREAMS_H
#define TWOFOLD_LOAD_STREAMS_STREAMS_H

#include "load/demand.h"
#include "load/pool.h"
#include "load/recorder/recorder.h"
#include "load/streams/read_delay.h"
#include "load/streams/subscriber.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a thread has besides. All of it is borrowed and outlives the streams. */
struct streams_options {
    struct pool *pool;
    struct demand *demand; /* composes their requests */
    struct recorder *recorder;
    const struct traffic *traffic;
    int64_t (*wall_ahead_ns)(void); /* how far the wall clock is ahead; NULL: clock_wall_ahead_ns */
};

/* All zero: there are none. */
struct streams {
    struct streams_options options;
    struct stream_terms terms;
    struct read_delay delay;
    struct subscriber **all;
    size_t count;
    struct subscriber *idle;   /* those without a connection */
    enum failure refusal;      /* why the last try to connect failed; FAILURE_NONE: it did not */
    uint64_t start_ns, end_ns; /* of the step */
    bool closed;
};

/* A step begins with so many subscribers on this thread, from its warm-up at `start_ns` to the end of its measured time
 * at `end_ns`. The pool's transport tells the streams what comes from now on. Subscribers beyond the number are closed,
 * and all are where the wall clock was set since the step before. */
void streams_begin(struct streams *streams, const struct streams_options *options, size_t count, uint64_t start_ns,
                   uint64_t end_ns);

/* A turn of the loop: what is due by now comes due, and streams that are not there are opened. */
void streams_due(struct streams *streams, uint64_t now_ns);

/* When the next turn has something to do, if nothing comes; UINT64_MAX: nothing. */
uint64_t streams_next_due(const struct streams *streams, uint64_t now_ns);

/* Whether every message of the step has come due. */
bool streams_all_due(const struct streams *streams);

/* The step closes: messages that did not come are unanswered. The streams stay. */
void streams_close(struct streams *streams, uint64_t now_ns);

/* The subscribers go; their connections are the pool's to close. */
void streams_release(struct streams *streams);

#endif
