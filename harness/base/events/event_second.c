#include "base/events/event_second.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { DIGITS_MOST = 12 };

/* Decimal digits without a zero before them. */
static bool read_id(const struct stream_event *event, uint64_t *ret_second)
{
    uint64_t second = 0;

    if (event->id == NULL || event->id_length == 0 || event->id_length > DIGITS_MOST || event->id[0] == '0') {
        return false;
    }
    for (size_t i = 0; i < event->id_length; i++) {
        if (event->id[i] < '0' || event->id[i] > '9') {
            return false;
        }
        second = second * 10 + (uint64_t)(event->id[i] - '0');
    }
    *ret_second = second;
    return true;
}

static bool parses_as(const struct stream_event *event, uint64_t second)
{
    json_t *data = json_loadb(event->data, event->data_length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *member = json_object_get(data, "second");
    bool same =
        json_object_size(data) == 1 && json_is_integer(member) && json_integer_value(member) == (json_int_t)second;

    json_decref(data);
    return same;
}

/* Nearly every service writes it without white space, which needs no parser. */
static bool says(const struct stream_event *event, uint64_t second)
{
    char shortest[EVENT_DATA_MOST];
    int length = snprintf(shortest, sizeof shortest, "{\"second\":%" PRIu64 "}", second);

    return (event->data_length == (size_t)length && memcmp(event->data, shortest, (size_t)length) == 0) ||
           parses_as(event, second);
}

const char *event_second(const struct stream_event *event, uint64_t *ret_second)
{
    uint64_t second;

    if (event->too_long) {
        return "the event is longer than any message";
    }
    if (event->typed) {
        return "the event has a type of its own";
    }
    if (!read_id(event, &second)) {
        return "the event has no second as its id";
    }
    if (!says(event, second)) {
        return "the data of the event is not the second of its id";
    }
    *ret_second = second;
    return NULL;
}
