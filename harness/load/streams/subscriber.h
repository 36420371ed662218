/* subscriber: one stream of events that is kept open, and the messages that are due on it. Every due message, which is
 * one second of one subscriber, ends in the record in exactly one way: it came right, whether in time or late, or it
 * failed. What breaks the order costs the message that is due next, or those that were left out. */
#ifndef TWOFOLD_LOAD_STREAMS_SUBSCRIBER_H
#define TWOFOLD_LOAD_STREAMS_SUBSCRIBER_H

#include "base/events/event_parser.h"
#include "load/recorder/recorder.h"
#include "load/streams/wall_seconds.h"
#include "load/transport/transport.h"

#include <stdbool.h>
#include <stdint.h>

/* A message may come so much before its second as two clocks can be read apart. */
#define SUBSCRIBER_EARLY_NS UINT64_C(1000000)

/* What all subscribers of a thread share in a step. All times are clock_now_ns(). */
struct stream_terms {
    struct recorder *recorder;
    struct wall_seconds wall;
    uint64_t first;  /* messages of seconds before it are in no count: they are not of this step, or were given up */
    uint64_t second; /* the next that comes due */
};

struct subscriber {
    struct connection *connection; /* NULL: it has none */
    const struct request *request; /* the one that opened its stream; NULL: none did yet */
    uint32_t request_index;        /* its class */
    struct event_parser parser;
    uint64_t next; /* the second of the message that is to come next, from the first on that begins once its request is
                    * sent; 0: it is not subscribed */
    uint64_t headed;  /* the first second that began after the head of the response came; 0: it did not come */
    bool fresh;       /* no message came yet */
    bool spoiled;     /* something came that nothing was due for: the next message counts as wrong */
    enum failure why; /* what a message fails by that is due while it is not subscribed */
    struct subscriber *idle_next;
};

/* Its request is about to be sent at `now_ns`. */
void subscriber_ask(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns);

/* The head of the response came. Where it is not that of a stream, what comes behind it is not looked at. */
void subscriber_head(struct subscriber *subscriber, const struct stream_terms *terms, const struct response *head,
                     uint64_t now_ns);

/* An event came. Every second that began by then, and up to SUBSCRIBER_EARLY_NS later, must have come due. */
void subscriber_event(struct subscriber *subscriber, const struct stream_terms *terms, const struct stream_event *event,
                      uint64_t now_ns);

/* The message of `second` comes due. */
void subscriber_due(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t second);

/* Its stream ended, and `failure` says how. */
void subscriber_lost(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns,
                     enum failure failure);

/* The step closes: what is due and did not come is as old as it is now, at least. */
void subscriber_give_up(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns);

#endif
