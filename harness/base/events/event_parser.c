#include "base/events/event_parser.h"

#include <string.h>

struct reader {
    struct event_parser *parser;
    void (*on_event)(void *context, const struct stream_event *event);
    void *context;
};

/* Cuts what does not fit. */
static void append(struct event_parser *parser, char *into, size_t room, size_t *length, const char *from, size_t more)
{
    size_t left = room - *length;

    if (more > left) {
        parser->too_long = true;
        more = left;
    }
    memcpy(into + *length, from, more);
    *length += more;
}

static void dispatch(struct reader *reader)
{
    struct event_parser *parser = reader->parser;

    if (parser->has_data) {
        reader->on_event(reader->context, &(struct stream_event){.id = parser->has_id ? parser->id : NULL,
                                                                 .id_length = parser->id_length,
                                                                 .data = parser->data,
                                                                 .data_length = parser->data_length,
                                                                 .typed = parser->typed,
                                                                 .too_long = parser->too_long});
    }
    parser->has_id = parser->has_data = parser->typed = parser->too_long = false;
    parser->id_length = parser->data_length = 0;
}

static void take_data(struct event_parser *parser, const char *value, size_t length)
{
    if (parser->has_data) {
        append(parser, parser->data, sizeof parser->data, &parser->data_length, "\n", 1);
    }
    parser->has_data = true;
    append(parser, parser->data, sizeof parser->data, &parser->data_length, value, length);
}

/* The standard ignores an id with NUL in it. */
static void take_id(struct event_parser *parser, const char *value, size_t length)
{
    if (memchr(value, '\0', length) != NULL) {
        return;
    }
    parser->has_id = true;
    parser->id_length = 0;
    append(parser, parser->id, sizeof parser->id, &parser->id_length, value, length);
}

static bool is(const char *name, size_t length, const char *wanted)
{
    return length == strlen(wanted) && memcmp(name, wanted, length) == 0;
}

static void take_field(struct event_parser *parser, const char *name, size_t name_length, const char *value,
                       size_t length)
{
    if (is(name, name_length, "data")) {
        take_data(parser, value, length);
    } else if (is(name, name_length, "id")) {
        take_id(parser, value, length);
    } else if (is(name, name_length, "event")) {
        parser->typed = length > 0 && !is(value, length, "message");
    } else {
        return; /* "retry", and what the standard does not know, says nothing of the event */
    }
    parser->too_long = parser->too_long || parser->line_cut;
}

static void take_line(struct reader *reader)
{
    struct event_parser *parser = reader->parser;
    const char *line = parser->line, *end = line + parser->line_length;

    if (!parser->begun && parser->line_length >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0) {
        line += 3;
    }
    parser->begun = true;
    const char *colon = memchr(line, ':', (size_t)(end - line));
    if (line == end) {
        dispatch(reader);
    } else if (colon == NULL) {
        take_field(parser, line, (size_t)(end - line), "", 0);
    } else if (colon > line) {
        const char *value = colon + 1 < end && colon[1] == ' ' ? colon + 2 : colon + 1;
        take_field(parser, line, (size_t)(colon - line), value, (size_t)(end - value));
    }
    parser->line_length = 0;
    parser->line_cut = false;
}

void event_parser_feed(struct event_parser *parser, const char *data, size_t length,
                       void (*on_event)(void *context, const struct stream_event *event), void *context)
{
    struct reader reader = {parser, on_event, context};

    for (size_t i = 0; i < length; i++) {
        char byte = data[i];
        bool rest_of_end = byte == '\n' && parser->after_cr;
        parser->after_cr = byte == '\r';
        if (rest_of_end) {
            continue;
        }
        if (byte == '\r' || byte == '\n') {
            take_line(&reader);
        } else if (parser->line_length < sizeof parser->line) {
            parser->line[parser->line_length++] = byte;
        } else {
            parser->line_cut = true;
        }
    }
}
