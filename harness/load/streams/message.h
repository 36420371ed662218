/* message: evidence of a message that is not as it should be (base/events/event_second.h). */
#ifndef TWOFOLD_LOAD_STREAMS_MESSAGE_H
#define TWOFOLD_LOAD_STREAMS_MESSAGE_H

#include "base/events/event_parser.h"
#include "record/wrong_response.h"

#include <stdint.h>

/* Of a message that came in the place of that of `expected`, on the heap. `why` is a phrase beside it; NULL: there is
 * nothing to add. */
struct wrong_response *message_explain(const char *request, const struct stream_event *event, uint64_t expected,
                                       const char *why);

#endif
