#include "load/streams/message.h"

#include "base/mem.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { STATUS_OF_A_STREAM = 200 };

struct wrong_response *message_explain(const char *request, const struct stream_event *event, uint64_t expected,
                                       const char *why)
{
    struct wrong_response *wrong = mem_new(1, sizeof *wrong);
    char second[32];

    snprintf(second, sizeof second, "%" PRIu64, expected);
    *wrong = (struct wrong_response){
        .request = mem_string(request),
        .status = STATUS_OF_A_STREAM,
        .expected_bytes = NAN,
        .member = mem_string("second"),
        .expected_value = mem_string(second),
        .came_value = event->id != NULL ? wrong_response_excerpt(event->id, event->id_length) : NULL,
        .unreadable = mem_string(why),
        .body_bytes = event->data_length,
        .body = wrong_response_excerpt(event->data, event->data_length),
    };
    return wrong;
}
