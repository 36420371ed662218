/* event_streams: a few streams of events that are open at the same time, each over a connection of its own (libcurl),
 * and what came on them and when. They judge nothing. */
#ifndef TWOFOLD_CONTRACT_VERIFY_STREAMS_EVENT_STREAMS_H
#define TWOFOLD_CONTRACT_VERIFY_STREAMS_EVENT_STREAMS_H

#include "base/events/event_parser.h"
#include "contract/verify/call.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define EVENT_STREAMS_MOST 2
#define EVENTS_HEARD_MOST  32

/* One event. Times are Unix times, in nanoseconds. */
struct heard_event {
    const char *why; /* why it is no message (base/events/event_second.h); NULL: it is that of `second` */
    uint64_t second;
    uint64_t at_ns; /* when it came */
};

struct event_stream {
    struct call_response response; /* its head, and the first of its body; `failure` once it ended */
    uint64_t head_at_ns;           /* when the head was whole; 0: it is not */
    bool ended;
    struct heard_event heard[EVENTS_HEARD_MOST]; /* the first of them */
    size_t count;
    struct event_parser parser;
    void *curl; /* NULL: it is closed */
};

struct event_streams {
    struct event_stream streams[EVENT_STREAMS_MOST];
    size_t count;
    void *multi;
    void *headers;
    char *url;
};

/* Asks for `count` streams at "http://HOST:PORT" and `path`; what comes of it is seen while they run. False where
 * libcurl cannot be started. */
bool event_streams_open(struct event_streams *streams, const char *base_url, const char *path, size_t count);

/* Reads what comes for `ns`, or less. */
void event_streams_run(struct event_streams *streams, uint64_t ns);

/* Goes away from one of them; what came on it stays. */
void event_streams_leave(struct event_streams *streams, size_t index);

void event_streams_release(struct event_streams *streams);

/* The wall clock: the Unix time in nanoseconds. */
uint64_t event_streams_wall_ns(void);

#endif
