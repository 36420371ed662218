#include "contract/verify/check.h"

#include "base/clock.h"
#include "base/mem.h"
#include "contract/verify/streams/event_streams.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PATH      "/events"
#define OPERATION "streamEvents"

/* Of two subscribers the one goes away behind so many seconds; the other hears one more. */
enum { SECONDS = 3, LEAVING = 0, STAYING = 1, STREAMS = 2 };

/* They ask in this part of a second, so that a head that waits for the first event is seen to wait. */
#define ASK_FROM_NS  (CLOCK_SECOND_NS / 20)
#define ASK_UNTIL_NS (CLOCK_SECOND_NS / 2)

/* So late nothing comes any more: lag is measured under load, not here. */
#define LATE_NS (5 * CLOCK_SECOND_NS)

/* Two readings of the wall clock may differ by this. */
#define EARLY_NS CLOCK_MILLISECOND_NS

#define SLICE_NS (20 * CLOCK_MILLISECOND_NS)

static void add(struct session *session, enum rule rule, const char *expected, const char *wrong,
                const struct event_stream *stream)
{
    struct text request = {0};

    call_describe(&(struct call){.method = "GET", .path = PATH}, &request);
    ledger_add(session->ledger, &(struct finding){.rule = rule,
                                                  .operation = OPERATION,
                                                  .request = request.data,
                                                  .expected = expected,
                                                  .wrong = wrong,
                                                  .response = &stream->response});
    text_release(&request);
}

static bool is_stopped(const struct session *session)
{
    return session->options->stop != NULL && atomic_load(session->options->stop);
}

static void wait_to_ask(void)
{
    uint64_t part_ns = event_streams_wall_ns() % CLOCK_SECOND_NS;

    if (part_ns < ASK_FROM_NS) {
        clock_sleep_ns(ASK_FROM_NS - part_ns);
    } else if (part_ns > ASK_UNTIL_NS) {
        clock_sleep_ns(CLOCK_SECOND_NS + ASK_FROM_NS - part_ns);
    }
}

/* Read until every stream from `first` on has heard `count` events, has ended, or nothing comes any more. */
static void hear(const struct session *session, struct event_streams *streams, size_t first, size_t count)
{
    uint64_t until_ns = clock_now_ns() + count * CLOCK_SECOND_NS + LATE_NS;
    bool waiting = true;

    while (waiting && clock_now_ns() < until_ns && !is_stopped(session)) {
        event_streams_run(streams, SLICE_NS);
        waiting = false;
        for (size_t i = first; i < streams->count; i++) {
            waiting = waiting || (streams->streams[i].count < count && !streams->streams[i].ended);
        }
    }
}

static bool has(const struct event_stream *stream, const char *name, const char *wanted)
{
    char value[128];
    size_t length = strlen(wanted);

    return call_response_header(&stream->response, name, value, sizeof value) &&
           strncasecmp(value, wanted, length) == 0 && strchr("; \t", value[length]) != NULL;
}

/* `next`: the first second that began after it was asked for. */
static bool judge_head(struct session *session, const struct event_stream *stream, uint64_t next)
{
    static const char expected[] =
        "status 200, Content-Type: text/event-stream and Cache-Control: no-store, before the first event is due";
    char wrong[320] = "";

    ledger_ask(session->ledger, OPERATION);
    if (stream->head_at_ns == 0) {
        snprintf(wrong, sizeof wrong, "no head came");
    } else if (stream->response.status != 200) {
        snprintf(wrong, sizeof wrong, "status %ld, expected 200", stream->response.status);
    } else if (!has(stream, "Content-Type", "text/event-stream")) {
        snprintf(wrong, sizeof wrong, "the Content-Type is not text/event-stream");
    } else if (!has(stream, "Cache-Control", "no-store")) {
        snprintf(wrong, sizeof wrong, "the Cache-Control is not no-store");
    } else if (stream->head_at_ns >= next * CLOCK_SECOND_NS) {
        snprintf(wrong, sizeof wrong, "the head came only when the first event was due");
    }
    if (wrong[0] != '\0') {
        add(session, RULE_STREAM_HEAD, expected, wrong, stream);
    }
    return wrong[0] == '\0';
}

/* What is wrong with an event that should be that of `second`; empty where nothing is. */
static void judge_event(const struct heard_event *heard, uint64_t second, char *wrong, size_t size)
{
    if (heard->why != NULL) {
        snprintf(wrong, size, "%s", heard->why);
    } else if (heard->second != second) {
        snprintf(wrong, size, "the event of second %" PRIu64 " came", heard->second);
    } else if (heard->at_ns + EARLY_NS < second * CLOCK_SECOND_NS) {
        snprintf(wrong, size, "it came %" PRIu64 " ms before its second began",
                 (second * CLOCK_SECOND_NS - heard->at_ns) / CLOCK_MILLISECOND_NS);
    }
}

/* The events from index `from` to `until`, of the seconds from `next` + `from` on. */
static bool judge_events(struct session *session, const struct event_stream *stream, uint64_t next, size_t from,
                         size_t until, enum rule rule)
{
    char expected[64], wrong[320] = "";
    size_t i = from;

    ledger_ask(session->ledger, OPERATION);
    for (; i < until && wrong[0] == '\0'; i++) {
        snprintf(expected, sizeof expected, "the event of second %" PRIu64, next + i);
        if (i < stream->count) {
            judge_event(&stream->heard[i], next + i, wrong, sizeof wrong);
        } else {
            snprintf(wrong, sizeof wrong, "%s", stream->ended ? stream->response.failure : "no event came");
        }
    }
    if (wrong[0] != '\0') {
        add(session, rule, expected, wrong, stream);
    }
    return wrong[0] == '\0';
}

static void judge_both(struct session *session, struct event_streams *streams, uint64_t next)
{
    bool good = true;

    for (size_t i = 0; i < STREAMS && good; i++) {
        good = judge_head(session, &streams->streams[i], next) &&
               judge_events(session, &streams->streams[i], next, 0, SECONDS, RULE_STREAM);
    }
    if (good) {
        event_streams_leave(streams, LEAVING);
        hear(session, streams, STAYING, SECONDS + 1);
        judge_events(session, &streams->streams[STAYING], next, SECONDS, SECONDS + 1, RULE_STREAM_OTHERS);
    }
}

void check_events(const struct check_context *context)
{
    struct session *session = context->session;
    struct event_streams *streams = mem_new(1, sizeof *streams);

    wait_to_ask();
    uint64_t next = event_streams_wall_ns() / CLOCK_SECOND_NS + 1;
    if (event_streams_open(streams, session->options->base_url, PATH, STREAMS)) {
        hear(session, streams, 0, SECONDS);
        if (!is_stopped(session)) {
            judge_both(session, streams, next);
        }
        event_streams_release(streams);
    }
    free(streams);
    if (context->operations & OPERATION_HEALTH) {
        operation_health(session);
    }
}
