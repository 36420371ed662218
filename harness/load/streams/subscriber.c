#include "load/streams/subscriber.h"

#include "base/events/event_second.h"
#include "base/mem.h"
#include "load/check.h"
#include "load/streams/message.h"
#include "load/transport/heads/kept_header.h"

#include <string.h>
#include <strings.h>

/* ---- counting --------------------------------------------------------------------------------------------------- */

static struct flight flight_of(const struct subscriber *subscriber, const struct stream_terms *terms, uint64_t second)
{
    uint64_t due_ns = wall_seconds_due_ns(&terms->wall, second);

    return (struct flight){.due_ns = due_ns,
                           .sent_ns = due_ns,
                           .interval = recorder_interval(terms->recorder, due_ns),
                           .request = subscriber->request_index};
}

static uint64_t later(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

/* Whether the message of that second is due and without an end. */
static bool is_open(const struct subscriber *subscriber, const struct stream_terms *terms, uint64_t second)
{
    return subscriber->next != 0 && second >= subscriber->next && second >= terms->first && second < terms->second;
}

/* Something came for the message that is to come next. */
static void resolve(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns,
                    enum failure failure)
{
    if (is_open(subscriber, terms, subscriber->next)) {
        struct flight flight = flight_of(subscriber, terms, subscriber->next);
        bool spoiled = failure == FAILURE_NONE && subscriber->spoiled;
        recorder_responded(terms->recorder, &flight, later(now_ns, flight.due_ns), spoiled ? FAILURE_BODY : failure);
        subscriber->spoiled = false;
    }
    subscriber->next++;
}

static void keep_evidence(const struct stream_terms *terms, struct wrong_response *wrong, uint64_t now_ns)
{
    wrong->at_ns = now_ns;
    terms->recorder->record.first_wrong = wrong;
}

static void note_wrong(const struct subscriber *subscriber, const struct stream_terms *terms,
                       const struct stream_event *event, const char *why, uint64_t now_ns)
{
    if (terms->recorder->record.first_wrong == NULL) {
        keep_evidence(terms, message_explain(subscriber->request->name, event, subscriber->next, why), now_ns);
    }
}

/* ---- its stream ------------------------------------------------------------------------------------------------- */

void subscriber_ask(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns)
{
    subscriber->parser = (struct event_parser){0};
    subscriber->next = wall_seconds_next(&terms->wall, now_ns);
    subscriber->headed = 0;
    subscriber->fresh = true;
    subscriber->spoiled = false;
}

static bool is_event_stream(const char *type, size_t length)
{
    static const char wanted[] = "text/event-stream";
    size_t size = sizeof wanted - 1;

    return type != NULL && length >= size && strncasecmp(type, wanted, size) == 0 &&
           (length == size || type[size] == ';' || type[size] == ' ' || type[size] == '\t');
}

static struct wrong_response *explain_head(const struct subscriber *subscriber, const struct response *head,
                                           enum failure failure)
{
    const struct text nothing = {0};
    struct wrong_response *wrong = check_explain(head, subscriber->request, &nothing);
    size_t length;

    if (failure == FAILURE_BODY) {
        const char *type = kept_header(head->head, head->head_length, "Content-Type", &length);
        wrong->member = mem_string("Content-Type");
        wrong->expected_value = mem_string("text/event-stream");
        wrong->came_value = type != NULL ? wrong_response_excerpt(type, length) : NULL;
    }
    return wrong;
}

/* What comes is no stream: what was due ends by that, and so does what comes due. */
static void refuse(struct subscriber *subscriber, const struct stream_terms *terms, const struct response *head,
                   uint64_t now_ns)
{
    if (terms->recorder->record.first_wrong == NULL) {
        keep_evidence(terms, explain_head(subscriber, head, subscriber->why), now_ns);
    }
    while (is_open(subscriber, terms, later(subscriber->next, terms->first))) {
        subscriber->next = later(subscriber->next, terms->first);
        resolve(subscriber, terms, now_ns, subscriber->why);
    }
    subscriber->next = 0;
}

void subscriber_head(struct subscriber *subscriber, const struct stream_terms *terms, const struct response *head,
                     uint64_t now_ns)
{
    size_t length = 0;
    const char *type = kept_header(head->head, head->head_length, "Content-Type", &length);

    subscriber->headed = wall_seconds_next(&terms->wall, now_ns);
    if (head->status != 200) {
        subscriber->why = FAILURE_STATUS;
        refuse(subscriber, terms, head, now_ns);
    } else if (!is_event_stream(type, length)) {
        subscriber->why = FAILURE_BODY;
        refuse(subscriber, terms, head, now_ns);
    }
}

/* Every message that is open ends by `end`. */
static void end_open(const struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns,
                     void (*end)(struct recorder *recorder, const struct flight *flight, uint64_t now_ns))
{
    for (uint64_t second = later(subscriber->next, terms->first); is_open(subscriber, terms, second); second++) {
        struct flight flight = flight_of(subscriber, terms, second);
        end(terms->recorder, &flight, now_ns);
    }
}

static void end_lost(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    recorder_failed(recorder, flight, now_ns, FAILURE_RESET);
}

static void end_not_http(struct recorder *recorder, const struct flight *flight, uint64_t now_ns)
{
    recorder_failed(recorder, flight, now_ns, FAILURE_PROTOCOL);
}

void subscriber_lost(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns,
                     enum failure failure)
{
    bool refused = subscriber->next == 0 && subscriber->headed != 0;

    end_open(subscriber, terms, now_ns, failure == FAILURE_PROTOCOL ? end_not_http : end_lost);
    subscriber->connection = NULL;
    subscriber->next = subscriber->headed = 0;
    if (!refused) {
        subscriber->why = failure;
    }
}

/* ---- its messages ----------------------------------------------------------------------------------------------- */

void subscriber_due(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t second)
{
    struct flight flight = flight_of(subscriber, terms, second);
    bool subscribed = subscriber->next != 0 && subscriber->next <= second;
    enum failure why = subscriber->why;

    if (!subscribed && why == FAILURE_CONNECT) {
        recorder_connect_failed(terms->recorder, &flight, flight.due_ns);
    } else if (!subscribed && why == FAILURE_UNSENT) {
        recorder_no_room(terms->recorder, &flight, flight.due_ns);
    } else {
        recorder_sent(terms->recorder, &flight, false);
    }
    if (!subscribed && (why == FAILURE_RESET || why == FAILURE_PROTOCOL)) {
        recorder_failed(terms->recorder, &flight, flight.due_ns, why);
    } else if (!subscribed && (why == FAILURE_STATUS || why == FAILURE_BODY)) {
        recorder_responded(terms->recorder, &flight, flight.due_ns, why);
    }
}

/* It is no message, or one that nothing is due for: it stands for the one that is due, or else spoils the next. */
static void misfit(struct subscriber *subscriber, const struct stream_terms *terms, const struct stream_event *event,
                   const char *why, uint64_t now_ns)
{
    note_wrong(subscriber, terms, event, why, now_ns);
    if (is_open(subscriber, terms, subscriber->next)) {
        resolve(subscriber, terms, now_ns, FAILURE_BODY);
    } else {
        subscriber->spoiled = true;
    }
}

static void repeated(struct subscriber *subscriber, const struct stream_terms *terms, const struct stream_event *event,
                     uint64_t now_ns)
{
    note_wrong(subscriber, terms, event, "it is there twice, out of order, or began before it was asked for", now_ns);
    subscriber->spoiled = true;
}

/* Seconds before `second` that did not come. Those that began before the head came may have begun before it was sent:
 * they are not owed, and the subscriber goes without them. */
static void pass_over(struct subscriber *subscriber, const struct stream_terms *terms, const struct stream_event *event,
                      uint64_t second, uint64_t now_ns)
{
    for (; subscriber->fresh && subscriber->next < second && subscriber->next < subscriber->headed;
         subscriber->next++) {
        if (is_open(subscriber, terms, subscriber->next)) {
            struct flight flight = flight_of(subscriber, terms, subscriber->next);
            recorder_unanswered(terms->recorder, &flight, later(now_ns, flight.due_ns));
        }
    }
    if (subscriber->next < second) {
        note_wrong(subscriber, terms, event, "what was due before it is left out", now_ns);
    }
    while (subscriber->next < second) {
        resolve(subscriber, terms, now_ns, FAILURE_BODY);
    }
}

void subscriber_event(struct subscriber *subscriber, const struct stream_terms *terms, const struct stream_event *event,
                      uint64_t now_ns)
{
    uint64_t second = 0;
    const char *why = event_second(event, &second);

    if (why == NULL && wall_seconds_due_ns(&terms->wall, second) > now_ns + SUBSCRIBER_EARLY_NS) {
        why = "it came before its second began";
    }
    if (why != NULL) {
        misfit(subscriber, terms, event, why, now_ns);
        return;
    }
    if (second < subscriber->next) {
        repeated(subscriber, terms, event, now_ns);
        return;
    }
    pass_over(subscriber, terms, event, second, now_ns);
    resolve(subscriber, terms, now_ns, FAILURE_NONE);
    subscriber->fresh = false;
}

void subscriber_give_up(struct subscriber *subscriber, const struct stream_terms *terms, uint64_t now_ns)
{
    end_open(subscriber, terms, now_ns, recorder_unanswered);
}
