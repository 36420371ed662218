/* event_second: what an event of a stream of seconds says: the second (Unix time) that it is of, as its id and in its
 * data. */
#ifndef TWOFOLD_BASE_EVENTS_EVENT_SECOND_H
#define TWOFOLD_BASE_EVENTS_EVENT_SECOND_H

#include "base/events/event_parser.h"

#include <stdint.h>

/* The message of second N is an event of the type "message" with the id N and the data {"second":N}, as any JSON that
 * says so. Returns NULL and the second, or why the event is none: a phrase that is never freed. */
const char *event_second(const struct stream_event *event, uint64_t *ret_second);

#endif
