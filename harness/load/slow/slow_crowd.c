#include "load/slow/slow_crowd.h"

#include "base/clock.h"
#include "base/mem.h"
#include "base/text.h"
#include "load/slow/slow_client.h"
#include "load/traffic/composer.h"

#include <stdlib.h>

/* One that ended sooner is opened again this much later. */
#define PATIENCE_NS CLOCK_SECOND_NS

/* A place for one connection. */
struct slow_place {
    struct slow_crowd *crowd;
    struct slow_client *client; /* NULL: it has none at the moment */
    struct slow_queue *queue;   /* in which it waits; NULL: in none */
    struct slow_place *next, *previous;
    uint64_t due_ns;       /* when it is its turn */
    uint64_t connected_ns; /* 0: it is not */
    bool tried;
};

/* The first is due first: whoever joins is due no sooner than those before. */
struct slow_queue {
    struct slow_place *first, *last;
};

struct slow_crowd {
    struct slow_crowd_options options;
    struct text request;
    struct slow_message message;
    struct slow_place *places;
    uint64_t gap_ns;           /* from byte to byte */
    struct slow_queue senders; /* connected, and more to send */
    struct slow_queue fresh;   /* to be opened in their turn */
    struct slow_queue again;   /* to be opened at once */
    struct slow_queue later;   /* to be opened after a pause */
    uint64_t activity;
    uint64_t connects; /* tries so far */
    struct slow_tally tally;
};

/* --- queues ------------------------------------------------------------------------------------------------------ */

static void join(struct slow_queue *queue, struct slow_place *place, uint64_t due_ns)
{
    place->queue = queue;
    place->due_ns = due_ns;
    place->next = NULL;
    place->previous = queue->last;
    if (queue->last != NULL) {
        queue->last->next = place;
    } else {
        queue->first = place;
    }
    queue->last = place;
}

static void leave(struct slow_place *place)
{
    struct slow_queue *queue = place->queue;

    if (queue == NULL) {
        return;
    }
    if (place->previous != NULL) {
        place->previous->next = place->next;
    } else {
        queue->first = place->next;
    }
    if (place->next != NULL) {
        place->next->previous = place->previous;
    } else {
        queue->last = place->previous;
    }
    place->queue = NULL;
}

/* --- one connection ---------------------------------------------------------------------------------------------- */

static void on_connected(void *owner)
{
    struct slow_place *place = owner;
    struct slow_crowd *crowd = place->crowd;

    crowd->activity++;
    crowd->tally.opened++;
    crowd->tally.open++;
    place->connected_ns = clock_now_ns();
    join(&crowd->senders, place, place->connected_ns + crowd->gap_ns);
}

static void count_end(struct slow_tally *tally, enum slow_end end)
{
    tally->refused += end == SLOW_REFUSED;
    tally->denied += end == SLOW_DENIED;
    tally->closed += end == SLOW_CLOSED;
    tally->timed_out += end == SLOW_TIMED_OUT;
    tally->rejected += end == SLOW_REJECTED;
    tally->answered += end == SLOW_ANSWERED;
}

static void count_life(struct slow_tally *tally, uint64_t life_ns)
{
    if (slow_tally_ended(tally) == 1 || life_ns < tally->life_least_ns) {
        tally->life_least_ns = life_ns;
    }
    if (life_ns > tally->life_most_ns) {
        tally->life_most_ns = life_ns;
    }
}

static void end_place(struct slow_place *place, enum slow_end end, uint64_t now_ns)
{
    struct slow_crowd *crowd = place->crowd;
    bool connected = place->connected_ns > 0;
    uint64_t life_ns = connected ? now_ns - place->connected_ns : 0;

    leave(place);
    place->client = NULL;
    place->connected_ns = 0;
    crowd->tally.open -= connected;
    count_end(&crowd->tally, end);
    if (connected && end != SLOW_ANSWERED) {
        count_life(&crowd->tally, life_ns);
    }
    if (life_ns >= PATIENCE_NS) {
        join(&crowd->again, place, now_ns);
    } else {
        join(&crowd->later, place, now_ns + PATIENCE_NS);
    }
}

static void on_ended(void *owner, enum slow_end end)
{
    struct slow_place *place = owner;

    place->crowd->activity++;
    end_place(place, end, clock_now_ns());
}

static void open_place(struct slow_place *place, uint64_t now_ns)
{
    static const struct slow_client_events events = {.connected = on_connected, .ended = on_ended};
    struct slow_crowd *crowd = place->crowd;
    enum slow_end end;

    leave(place);
    place->tried = true;
    place->client = slow_client_open(&(struct slow_client_options){.loop = crowd->options.loop,
                                                                   .address = crowd->options.address,
                                                                   .message = &crowd->message,
                                                                   .events = &events,
                                                                   .opened = crowd->connects++},
                                     place, &end);
    if (place->client == NULL) {
        end_place(place, end, now_ns);
    }
}

static void send_place(struct slow_place *place, uint64_t now_ns)
{
    leave(place);
    if (slow_client_send(place->client)) {
        join(&place->crowd->senders, place, now_ns + place->crowd->gap_ns);
    }
}

/* --- all of them ------------------------------------------------------------------------------------------------- */

/* Whose turn is next; NULL: nobody's. */
static struct slow_place *next_place(const struct slow_crowd *crowd)
{
    const struct slow_queue *const queues[] = {&crowd->senders, &crowd->fresh, &crowd->again, &crowd->later};
    struct slow_place *next = NULL;

    for (size_t i = 0; i < sizeof queues / sizeof queues[0]; i++) {
        struct slow_place *first = queues[i]->first;
        if (first != NULL && (next == NULL || first->due_ns < next->due_ns)) {
            next = first;
        }
    }
    return next;
}

static bool act(struct slow_crowd *crowd, uint64_t now_ns)
{
    struct slow_place *place = next_place(crowd);

    if (place == NULL || place->due_ns > now_ns) {
        return false;
    }
    if (place->queue == &crowd->senders) {
        send_place(place, now_ns);
    } else {
        open_place(place, now_ns);
    }
    crowd->activity++;
    return true;
}

unsigned slow_crowd_due(struct slow_crowd *crowd, uint64_t now_ns)
{
    unsigned acts = 0;

    while (crowd != NULL && acts < SLOW_ACTIONS_MOST && act(crowd, now_ns)) {
        acts++;
    }
    return acts;
}

uint64_t slow_crowd_next_due(const struct slow_crowd *crowd)
{
    const struct slow_place *next = crowd != NULL ? next_place(crowd) : NULL;
    return next != NULL ? next->due_ns : UINT64_MAX;
}

uint64_t slow_crowd_activity(const struct slow_crowd *crowd)
{
    return crowd != NULL ? crowd->activity : 0;
}

void slow_crowd_begin_measure(struct slow_crowd *crowd)
{
    for (uint64_t i = 0; crowd != NULL && i < crowd->tally.wanted; i++) {
        crowd->tally.missing += !crowd->places[i].tried;
    }
}

void slow_crowd_count(const struct slow_crowd *crowd, struct slow_tally *ret_tally)
{
    *ret_tally = crowd != NULL ? crowd->tally : (struct slow_tally){0};
}

/* --- their life -------------------------------------------------------------------------------------------------- */

/* All clients of a thread send the same bytes, with what is drawn behind the thread's first request: a composer of its
 * own, so that the load beside them stays as it is. */
static void compose(struct slow_crowd *crowd)
{
    const struct slow_crowd_options *options = &crowd->options;
    const struct slow_pace *pace = &options->step->slow;
    struct composer *composer =
        composer_new(options->traffic, options->authority, options->step, options->thread, options->threads);
    struct composed composed;

    composer_next(composer, &composed);
    composer_compose(composer, pace->request, NULL, &composed);
    text_append(&crowd->request, composed.data, composed.length);
    size_t head = composed.large_body != NULL ? composed.length : composed.length - composed.body_length;
    if (composed.large_body != NULL) {
        text_append(&crowd->request, composed.large_body, composed.body_length);
    }
    crowd->message = (struct slow_message){.data = crowd->request.data,
                                           .length = crowd->request.length,
                                           .at_once = pace->part == SLOW_BODY ? head : 0};
    composer_free(composer);
}

/* Those of all threads come in turn. */
static void line_up(struct slow_crowd *crowd)
{
    const struct slow_crowd_options *options = &crowd->options;
    uint64_t all = options->step->slow_connections, opening_ns = options->step->warmup_ns / SLOW_OPENING_PARTS;

    for (uint64_t i = 0; i < crowd->tally.wanted; i++) {
        double turn = (double)(i * options->threads + options->thread) / (double)all;
        crowd->places[i].crowd = crowd;
        join(&crowd->fresh, &crowd->places[i], options->start_ns + (uint64_t)(turn * (double)opening_ns));
    }
}

struct slow_crowd *slow_crowd_new(const struct slow_crowd_options *options)
{
    uint64_t wanted = step_share(options->step->slow_connections, options->thread, options->threads);

    if (wanted == 0) {
        return NULL;
    }
    struct slow_crowd *crowd = mem_new(1, sizeof *crowd);
    crowd->options = *options;
    crowd->tally.wanted = wanted;
    crowd->gap_ns = CLOCK_SECOND_NS / options->step->slow.bytes_per_s;
    crowd->places = mem_new(wanted, sizeof *crowd->places);
    compose(crowd);
    line_up(crowd);
    return crowd;
}

void slow_crowd_free(struct slow_crowd *crowd)
{
    if (crowd == NULL) {
        return;
    }
    for (uint64_t i = 0; i < crowd->tally.wanted; i++) {
        if (crowd->places[i].client != NULL) {
            slow_client_close(crowd->places[i].client);
        }
    }
    text_release(&crowd->request);
    free(crowd->places);
    free(crowd);
}
