#include "contract/verify/streams/event_streams.h"

#include "base/clock.h"
#include "base/events/event_second.h"
#include "base/mem.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BODY_SHOWN = 4096, HEAD_MOST = 65536 };

uint64_t event_streams_wall_ns(void)
{
    return (uint64_t)((int64_t)clock_now_ns() + clock_wall_ahead_ns());
}

static size_t on_head(char *data, size_t size, size_t count, void *context)
{
    struct event_stream *stream = context;

    (void)size;
    text_append(&stream->response.head, data, count);
    if (count <= 2 && stream->head_at_ns == 0) { /* the empty line behind it */
        stream->head_at_ns = event_streams_wall_ns();
        curl_easy_getinfo(stream->curl, CURLINFO_RESPONSE_CODE, &stream->response.status);
    }
    return stream->response.head.length <= HEAD_MOST ? count : 0;
}

static void on_event(void *context, const struct stream_event *event)
{
    struct event_stream *stream = context;

    if (stream->count < EVENTS_HEARD_MOST) {
        struct heard_event *heard = &stream->heard[stream->count++];
        heard->at_ns = event_streams_wall_ns();
        heard->why = event_second(event, &heard->second);
    }
}

static size_t on_body(char *data, size_t size, size_t count, void *context)
{
    struct event_stream *stream = context;
    size_t room = BODY_SHOWN - stream->response.body.length;

    (void)size;
    text_append(&stream->response.body, data, count < room ? count : room);
    event_parser_feed(&stream->parser, data, count, on_event, stream);
    return count;
}

static void open_one(struct event_streams *streams, struct event_stream *stream)
{
    stream->curl = curl_easy_init();
    if (stream->curl == NULL) {
        return;
    }
    curl_easy_setopt(stream->curl, CURLOPT_URL, streams->url);
    curl_easy_setopt(stream->curl, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(stream->curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
    curl_easy_setopt(stream->curl, CURLOPT_PROXY, "");
    curl_easy_setopt(stream->curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(stream->curl, CURLOPT_FRESH_CONNECT, 1L);
    curl_easy_setopt(stream->curl, CURLOPT_HTTPHEADER, streams->headers);
    curl_easy_setopt(stream->curl, CURLOPT_HEADERFUNCTION, on_head);
    curl_easy_setopt(stream->curl, CURLOPT_HEADERDATA, stream);
    curl_easy_setopt(stream->curl, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(stream->curl, CURLOPT_WRITEDATA, stream);
    curl_multi_add_handle(streams->multi, stream->curl);
}

bool event_streams_open(struct event_streams *streams, const char *base_url, const char *path, size_t count)
{
    *streams = (struct event_streams){.count = count};
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        return false;
    }
    streams->multi = curl_multi_init();
    streams->headers = curl_slist_append(NULL, "Accept: text/event-stream");
    streams->url = mem_format("%s%s", base_url, path);
    for (size_t i = 0; i < count && streams->multi != NULL; i++) {
        open_one(streams, &streams->streams[i]);
    }
    bool open = streams->multi != NULL && streams->streams[count - 1].curl != NULL;
    if (!open) {
        event_streams_release(streams);
    }
    return open;
}

/* The handle stays, so that it is not asked for once more. */
static void end(struct event_streams *streams, const CURLMsg *message)
{
    for (size_t i = 0; i < streams->count; i++) {
        struct event_stream *stream = &streams->streams[i];
        if (stream->curl == message->easy_handle) {
            stream->ended = true;
            snprintf(stream->response.failure, sizeof stream->response.failure, "the stream ended (%.200s)",
                     curl_easy_strerror(message->data.result));
        }
    }
}

void event_streams_run(struct event_streams *streams, uint64_t ns)
{
    int running, left;
    CURLMsg *message;

    curl_multi_perform(streams->multi, &running);
    curl_multi_poll(streams->multi, NULL, 0, (int)(ns / CLOCK_MILLISECOND_NS) + 1, NULL);
    curl_multi_perform(streams->multi, &running);
    while ((message = curl_multi_info_read(streams->multi, &left)) != NULL) {
        if (message->msg == CURLMSG_DONE) {
            end(streams, message);
        }
    }
}

void event_streams_leave(struct event_streams *streams, size_t index)
{
    struct event_stream *stream = &streams->streams[index];

    if (stream->curl != NULL) {
        curl_multi_remove_handle(streams->multi, stream->curl);
        curl_easy_cleanup(stream->curl);
        stream->curl = NULL;
    }
}

void event_streams_release(struct event_streams *streams)
{
    for (size_t i = 0; i < streams->count; i++) {
        event_streams_leave(streams, i);
        call_response_release(&streams->streams[i].response);
    }
    curl_slist_free_all(streams->headers);
    curl_multi_cleanup(streams->multi);
    free(streams->url);
    curl_global_cleanup();
    *streams = (struct event_streams){0};
}
