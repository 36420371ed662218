#include "bench/crew/mates.h"

#include "base/clock.h"
#include "base/mem.h"
#include "fleet/rank_clock.h"

#include <stdlib.h>
#include <string.h>

/* A rank that says nothing for so long is lost; the others are told as often that this one is there. */
#define SILENT_NS     (5 * CLOCK_SECOND_NS)
#define BEAT_EVERY_NS CLOCK_SECOND_NS

/* The same once the step was stopped, which ends it within some milliseconds: a launcher that stops a run because one
 * rank has died kills the others a second later. */
#define STOPPED_SILENT_NS (600 * CLOCK_MILLISECOND_NS)

/* How long a loader may take to be made elsewhere. */
#define READY_NS (30 * CLOCK_SECOND_NS)

/* Whether that is another rank which sends load. */
static bool is_mate(const struct mates *mates, size_t rank)
{
    return rank != mates->muster->own && mates->muster->members[rank].record.threads > 0;
}

unsigned mates_next(const struct mates *mates, size_t rank)
{
    while (rank < mates->muster->count && !is_mate(mates, rank)) {
        rank++;
    }
    return (unsigned)rank;
}

/* ---- what they say ---- */

static void drop_result(struct mate *mate)
{
    if (mate->over) {
        free(mate->generator.host);
        load_record_release(&mate->record);
    }
    mate->over = false;
}

static void take_result(struct mates *mates, const struct ranks_message *message)
{
    struct mate *mate = &mates->items[message->from];

    drop_result(mate);
    mate->over = true;
    mate->broken = (struct error){0};
    fleet_order_read_result(message->data, message->length, &mate->generator, &mate->record, &mate->broken);
    uint64_t over_ns = clock_offset_here(&mates->muster->members[message->from].clock, mate->generator.gather_ns);
    uint64_t now_ns = clock_now_ns();
    mate->generator.gather_ns = now_ns > over_ns ? now_ns - over_ns : 0;
}

static void take(void *context, struct ranks_message *message)
{
    struct mates *mates = context;
    struct mate *mate = &mates->items[message->from];

    switch (message->kind) {
    case ORDER_READY:
        mate->ready = message->length == 0;
        free(mate->refused);
        mate->refused = message->length > 0 ? mem_string(message->data) : NULL;
        break;
    case ORDER_LIVE:
        if (message->length == sizeof mate->live) {
            memcpy(&mate->live, message->data, sizeof mate->live);
        }
        break;
    case ORDER_RESULT:
        take_result(mates, message);
        break;
    default: /* the answer to an old question */
        break;
    }
    free(message->data);
}

static void look(struct mates *mates)
{
    struct ranks_message message;

    while (ranks_receive(mates->muster->ranks, &message)) {
        take(mates, &message);
    }
}

void mates_tell(struct mates *mates, enum fleet_order_kind kind, const void *data, size_t length)
{
    for (unsigned rank = mates_next(mates, 0); rank < mates->muster->count; rank = mates_next(mates, rank + 1)) {
        ranks_send(mates->muster->ranks, rank, (int)kind, data, length);
    }
}

static const char *host_of(const struct mates *mates, size_t rank)
{
    return mates->muster->members[rank].record.host;
}

/* ---- their loaders ---- */

void mates_init(struct mates *mates, struct muster *muster)
{
    *mates =
        (struct mates){.muster = muster, .items = mem_new(muster->count, sizeof *mates->items), .lost = MATES_NOBODY};
}

void mates_release(struct mates *mates)
{
    for (size_t rank = 0; rank < mates->muster->count; rank++) {
        drop_result(&mates->items[rank]);
        free(mates->items[rank].refused);
    }
    free(mates->items);
    *mates = (struct mates){0};
}

static int all_ready(const struct mates *mates, bool *ret_ready, struct error *err)
{
    *ret_ready = true;
    for (size_t rank = mates_next(mates, 0); rank < mates->muster->count; rank = mates_next(mates, rank + 1)) {
        const struct mate *mate = &mates->items[rank];
        if (mate->refused != NULL) {
            return error_failed(err, "the generator on %s (rank %zu): %s", host_of(mates, rank), rank, mate->refused);
        }
        *ret_ready = *ret_ready && mate->ready;
    }
    return 0;
}

static int wait_ready(struct mates *mates, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + READY_NS;
    bool ready = false;

    while (!ready && clock_now_ns() < until_ns) {
        look(mates);
        if (all_ready(mates, &ready, err) != 0) {
            return -1;
        }
        clock_sleep_ns(ready ? 0 : CLOCK_MILLISECOND_NS);
    }
    if (!ready) {
        mates->muster->lost = true;
        return error_failed(err, "not every generator of the fleet was ready within %d s",
                            (int)(READY_NS / CLOCK_SECOND_NS));
    }
    return 0;
}

int mates_load(struct mates *mates, const struct fleet_order_load *order, struct error *err)
{
    const struct muster *muster = mates->muster;

    for (unsigned rank = mates_next(mates, 0); rank < muster->count; rank = mates_next(mates, rank + 1)) {
        struct fleet_order_load own = *order;
        own.first_thread = muster->members[rank].first_thread;
        own.all_threads = muster->threads;
        mates->items[rank].ready = false;
        ranks_send(muster->ranks, rank, ORDER_LOAD, &own, sizeof own);
    }
    return wait_ready(mates, err);
}

/* ---- a step ---- */

uint64_t mates_start(struct mates *mates, const struct planned_step *planned, uint64_t margin_ns)
{
    struct muster *muster = mates->muster;

    for (unsigned rank = mates_next(mates, 0); rank < muster->count; rank = mates_next(mates, rank + 1)) {
        rank_clock_measure(muster->ranks, rank, &muster->members[rank].clock, take, mates);
    }
    uint64_t start_ns = clock_now_ns() + margin_ns;
    for (unsigned rank = mates_next(mates, 0); rank < muster->count; rank = mates_next(mates, rank + 1)) {
        struct fleet_order_step order = {.planned = *planned,
                                         .start_ns = start_ns + (uint64_t)muster->members[rank].clock.ahead_ns};
        drop_result(&mates->items[rank]);
        mates->items[rank].live = (struct loader_live){0};
        ranks_send(muster->ranks, rank, ORDER_STEP, &order, sizeof order);
    }
    mates->lost = MATES_NOBODY;
    mates->beat_ns = mates->since_ns = start_ns;
    mates->silent_ns = SILENT_NS;
    return start_ns;
}

static void beat(struct mates *mates, uint64_t now_ns)
{
    if (now_ns >= mates->beat_ns) {
        mates_tell(mates, ORDER_BEAT, NULL, 0);
        mates->beat_ns = now_ns + BEAT_EVERY_NS;
    }
}

bool mates_over(struct mates *mates, uint64_t now_ns)
{
    bool over = true;

    look(mates);
    beat(mates, now_ns);
    for (size_t rank = mates_next(mates, 0); rank < mates->muster->count; rank = mates_next(mates, rank + 1)) {
        uint64_t heard_ns = ranks_heard_ns(mates->muster->ranks, (unsigned)rank);
        uint64_t since_ns = heard_ns > mates->since_ns ? heard_ns : mates->since_ns;
        over = over && mates->items[rank].over;
        if (!mates->items[rank].over && now_ns > since_ns + mates->silent_ns) {
            mates->lost = rank;
        }
    }
    return over || mates->lost != MATES_NOBODY;
}

void mates_stop(struct mates *mates)
{
    mates_tell(mates, ORDER_STOP, NULL, 0);
    mates->since_ns = clock_now_ns();
    mates->silent_ns = STOPPED_SILENT_NS;
}

/* ---- what came of it ---- */

static int check(const struct mates *mates, struct error *err)
{
    const struct muster *muster = mates->muster;

    if (mates->lost != MATES_NOBODY) {
        mates->muster->lost = true;
        return error_failed(err, "the generator on %s (rank %zu) is lost: nothing was heard of it for %.1f s",
                            host_of(mates, mates->lost), mates->lost, (double)mates->silent_ns / 1e9);
    }
    for (size_t rank = mates_next(mates, 0); rank < muster->count; rank = mates_next(mates, rank + 1)) {
        const struct mate *mate = &mates->items[rank];
        if (mate->broken.kind != ERROR_NONE) {
            return error_failed(err, "the result of the generator on %s (rank %zu): %s", host_of(mates, rank), rank,
                                mate->broken.message);
        }
    }
    return 0;
}

int mates_add(struct mates *mates, struct load_record *record, struct generator_loads *loads, struct error *err)
{
    const struct muster *muster = mates->muster;

    if (check(mates, err) != 0) {
        return -1;
    }
    for (size_t rank = mates_next(mates, 0); rank < muster->count; rank = mates_next(mates, rank + 1)) {
        struct mate *mate = &mates->items[rank];
        struct generator_load *added = &loads->items[loads->count++];
        load_record_add(record, &mate->record);
        *added = mate->generator;
        added->clock_error_ns = muster->members[rank].clock.error_ns;
        mate->generator.host = NULL;
        drop_result(mate);
    }
    return 0;
}

void mates_add_live(const struct mates *mates, struct loader_live *sum)
{
    for (size_t rank = 0; rank < mates->muster->count; rank++) {
        const struct loader_live *live = &mates->items[rank].live;
        sum->offered += live->offered;
        sum->completed += live->completed;
        sum->good += live->good;
        sum->in_flight += live->in_flight;
        sum->connections += live->connections;
        sum->p99_ns = live->p99_ns > sum->p99_ns ? live->p99_ns : sum->p99_ns;
    }
}
