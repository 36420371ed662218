#include "load/transport/http2_stream.h"

#include "load/transport/response_parser.h"

#include <string.h>

void http2_stream_begin(struct http2_stream *stream)
{
    stream->content_sent = 0;
    stream->status = 0;
    stream->header_bytes = 0;
    stream->body_bytes = 0;
    stream->fault = NULL;
    stream->end = 0;
    text_clear(&stream->body);
    text_clear(&stream->lines);
}

size_t http2_stream_take_content(struct http2_stream *stream, void *to, size_t most, bool *ret_last)
{
    const char *content = stream->large_content != NULL ? stream->large_content : stream->content.data;
    size_t left = stream->content_length - stream->content_sent, length = left < most ? left : most;

    memcpy(to, content + stream->content_sent, length);
    stream->content_sent += length;
    *ret_last = length == left;
    return length;
}

static void keep_line(struct text *lines, const void *name, size_t name_length, const void *value, size_t value_length)
{
    if (name_length > 0 && *(const char *)name == ':') {
        text_clear(lines);
        return;
    }
    text_append(lines, name, name_length);
    text_append(lines, ":", 1);
    text_append(lines, value, value_length);
    text_append(lines, "\n", 1);
}

void http2_stream_add_header(struct http2_stream *stream, const void *name, size_t name_length, const void *value,
                             size_t value_length)
{
    stream->header_bytes += name_length + value_length;
    if (stream->header_bytes > RESPONSE_HEADER_MOST && stream->fault == NULL) {
        stream->fault = "headers of more than 64 KiB";
    }
    if (stream->keep_head && stream->fault == NULL) {
        keep_line(&stream->lines, name, name_length, value, value_length);
    }
}

void http2_stream_add_body(struct http2_stream *stream, const void *data, size_t length)
{
    uint64_t most = stream->keep_body ? RESPONSE_BODY_MOST : RESPONSE_START_MOST;
    uint64_t room = stream->body.length < most ? most - stream->body.length : 0;

    text_append(&stream->body, data, length < room ? length : (size_t)room);
    stream->body_bytes += length;
}

void http2_stream_release(struct http2_stream *stream)
{
    http2_streams_leave(stream);
    text_release(&stream->head);
    text_release(&stream->content);
    text_release(&stream->body);
    text_release(&stream->lines);
}

void http2_streams_append(struct http2_streams *list, struct http2_stream *stream)
{
    http2_streams_leave(stream);
    stream->list = list;
    stream->previous = list->last;
    stream->next = NULL;
    if (list->last != NULL) {
        list->last->next = stream;
    } else {
        list->first = stream;
    }
    list->last = stream;
    list->count++;
}

void http2_streams_prepend(struct http2_streams *list, struct http2_stream *stream)
{
    http2_streams_leave(stream);
    stream->list = list;
    stream->previous = NULL;
    stream->next = list->first;
    if (list->first != NULL) {
        list->first->previous = stream;
    } else {
        list->last = stream;
    }
    list->first = stream;
    list->count++;
}

void http2_streams_leave(struct http2_stream *stream)
{
    struct http2_streams *list = stream->list;

    if (list == NULL) {
        return;
    }
    if (stream->previous != NULL) {
        stream->previous->next = stream->next;
    } else {
        list->first = stream->next;
    }
    if (stream->next != NULL) {
        stream->next->previous = stream->previous;
    } else {
        list->last = stream->previous;
    }
    list->count--;
    stream->list = NULL;
    stream->previous = stream->next = NULL;
}
