#include "record/tally.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>

const char *failure_name(enum failure failure)
{
    static const char *const names[FAILURE_COUNT] = {
        [FAILURE_CONNECT] = "connect",       [FAILURE_RESET] = "reset",   [FAILURE_TIMEOUT] = "timeout",
        [FAILURE_STATUS] = "status",         [FAILURE_BODY] = "body",     [FAILURE_PROTOCOL] = "protocol",
        [FAILURE_UNANSWERED] = "unanswered", [FAILURE_UNSENT] = "unsent",
    };
    assert(failure > FAILURE_NONE && failure < FAILURE_COUNT);
    return names[failure];
}

void tally_add(struct tally *into, const struct tally *from)
{
    into->offered += from->offered;
    into->sent += from->sent;
    into->completed += from->completed;
    into->good += from->good;
    for (int i = 0; i < FAILURE_COUNT; i++) {
        into->failures[i] += from->failures[i];
    }
}

uint64_t tally_failed(const struct tally *tally)
{
    uint64_t failed = 0;
    for (int i = 0; i < FAILURE_COUNT; i++) {
        failed += tally->failures[i];
    }
    return failed;
}

/* The last place is for all that find none. */
static struct status_count *place_of(struct status_counts *counts, unsigned status)
{
    for (size_t i = 0; i < counts->count; i++) {
        if (counts->counts[i].status == status) {
            return &counts->counts[i];
        }
    }
    if (counts->count < STATUS_COUNTS_MOST - 1 || status == STATUS_OTHER) {
        struct status_count *place = &counts->counts[counts->count++];
        *place = (struct status_count){.status = status};
        return place;
    }
    return place_of(counts, STATUS_OTHER);
}

void status_counts_add(struct status_counts *counts, const struct status_count *more)
{
    struct status_count *place = place_of(counts, more->status);

    place->count += more->count;
    place->time_ns += more->time_ns;
}

static int by_count(const void *left, const void *right)
{
    const struct status_count *a = left, *b = right;

    if (a->count != b->count) {
        return a->count > b->count ? -1 : 1;
    }
    return (a->status > b->status) - (a->status < b->status);
}

void status_counts_sort(struct status_counts *counts)
{
    qsort(counts->counts, counts->count, sizeof counts->counts[0], by_count);
}

void session_tally_add(struct session_tally *into, const struct session_tally *from)
{
    into->begun += from->begun;
    into->finished += from->finished;
    into->abandoned += from->abandoned;
    into->unfinished += from->unfinished;
    into->denied += from->denied;
    into->most += from->most;
}

uint64_t slow_tally_ended(const struct slow_tally *tally)
{
    return tally->closed + tally->timed_out + tally->rejected;
}

void slow_tally_add(struct slow_tally *into, const struct slow_tally *from)
{
    bool first = slow_tally_ended(into) == 0, more = slow_tally_ended(from) > 0;

    if (more && (first || from->life_least_ns < into->life_least_ns)) {
        into->life_least_ns = from->life_least_ns;
    }
    if (more && from->life_most_ns > into->life_most_ns) {
        into->life_most_ns = from->life_most_ns;
    }
    into->wanted += from->wanted;
    into->open += from->open;
    into->opened += from->opened;
    into->closed += from->closed;
    into->timed_out += from->timed_out;
    into->rejected += from->rejected;
    into->answered += from->answered;
    into->refused += from->refused;
    into->missing += from->missing;
    into->denied += from->denied;
}
