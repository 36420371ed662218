/* event_parser: reads server-sent events from the bytes of a stream (HTML standard, section 9.2.6, "Interpreting an
 * event stream"): lines that end with CR, LF or both, fields of a name and a value, comments, and an empty line behind
 * each event. An event without data is none. Nothing is allocated; what is longer than there is room for is marked. */
#ifndef TWOFOLD_BASE_EVENTS_EVENT_PARSER_H
#define TWOFOLD_BASE_EVENTS_EVENT_PARSER_H

#include <stdbool.h>
#include <stddef.h>

#define EVENT_ID_MOST   32
#define EVENT_DATA_MOST 128
#define EVENT_LINE_MOST (EVENT_DATA_MOST + 8) /* the name of its field, the colon and the space included */

/* Valid until the call is over. */
struct stream_event {
    const char *id; /* of this event itself, not of one before it; NULL: it has none */
    size_t id_length;
    const char *data; /* its data lines with a line feed between each two */
    size_t data_length;
    bool typed;    /* its type is another than "message" */
    bool too_long; /* a line, the id or the data is longer than there is room for: they are cut */
};

/* All zero: the stream begins. */
struct event_parser {
    char line[EVENT_LINE_MOST], id[EVENT_ID_MOST], data[EVENT_DATA_MOST];
    size_t line_length, id_length, data_length;
    bool begun;                             /* the first line is over, before which a byte order mark may stand */
    bool after_cr;                          /* the line ended with CR: an LF that follows belongs to its end */
    bool line_cut;                          /* the line has more bytes than there is room for */
    bool has_id, has_data, typed, too_long; /* of the event at hand */
};

/* Feed what was read; `on_event` is called for each event that is whole. */
void event_parser_feed(struct event_parser *parser, const char *data, size_t length,
                       void (*on_event)(void *context, const struct stream_event *event), void *context);

#endif
