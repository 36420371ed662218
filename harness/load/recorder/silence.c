#include "load/recorder/silence.h"

#include "base/mem.h"

#include <stdbool.h>
#include <stdlib.h>

/* The silence that ended last was not kept. */
#define NONE SIZE_MAX

void silence_init(struct silence *silence, uint64_t measure_ns, uint64_t end_ns)
{
    *silence = (struct silence){
        .kept = mem_new(SILENCES_KEPT, sizeof *silence->kept),
        .last = NONE,
        .measure_ns = measure_ns,
        .end_ns = end_ns,
        .since_ns = measure_ns,
        .waiting_ns = UINT64_MAX,
    };
}

void silence_wait(struct silence *silence, uint64_t now_ns)
{
    silence->waiting_ns = now_ns;
}

static uint64_t length_of(const struct stall *stall)
{
    return stall->idle_ns + stall->length_ns;
}

static size_t shortest(const struct silence *silence)
{
    size_t found = 0;
    for (size_t i = 1; i < silence->count; i++) {
        if (length_of(&silence->kept[i]) < length_of(&silence->kept[found])) {
            found = i;
        }
    }
    return found;
}

static void keep(struct silence *silence, const struct stall *stall)
{
    size_t place = silence->count;

    if (place < SILENCES_KEPT) {
        silence->count++;
    } else {
        place = shortest(silence);
        if (length_of(&silence->kept[place]) >= length_of(stall)) {
            silence->last = NONE;
            return;
        }
    }
    silence->kept[place] = *stall;
    silence->last = place;
}

static uint64_t within(uint64_t value, uint64_t least, uint64_t most)
{
    if (value < least) {
        return least;
    }
    return value < most ? value : most;
}

/* The silence at hand ends, or is cut off by the end of the measured time. */
static void end_by(struct silence *silence, uint64_t to_ns)
{
    uint64_t from_ns = silence->since_ns;

    if (to_ns < from_ns + STALL_LEAST_NS) {
        silence->last = NONE;
        return;
    }
    uint64_t at_ns = within(silence->waiting_ns, from_ns, to_ns);
    keep(silence,
         &(struct stall){.at_ns = at_ns - silence->measure_ns, .length_ns = to_ns - at_ns, .idle_ns = at_ns - from_ns});
}

void silence_end(struct silence *silence, uint64_t now_ns, uint64_t in_flight)
{
    if (now_ns >= silence->measure_ns) {
        end_by(silence, now_ns < silence->end_ns ? now_ns : silence->end_ns);
        silence->since_ns = now_ns;
    }
    silence->waiting_ns = in_flight > 0 ? now_ns : UINT64_MAX;
}

/* Whether most of a silence lies in what the thread slept through. */
static bool slept_through(uint64_t begin_ns, uint64_t end_ns, uint64_t from_ns, uint64_t to_ns)
{
    uint64_t first_ns = within(from_ns, begin_ns, end_ns), last_ns = within(to_ns, begin_ns, end_ns);
    return 2 * (last_ns - first_ns) > end_ns - begin_ns;
}

void silence_excuse(struct silence *silence, uint64_t from_ns, uint64_t to_ns)
{
    if (silence->last != NONE) {
        const struct stall *last = &silence->kept[silence->last];
        uint64_t end_ns = silence->measure_ns + last->at_ns + last->length_ns;
        if (slept_through(end_ns - length_of(last), end_ns, from_ns, to_ns)) {
            silence->kept[silence->last] = silence->kept[--silence->count];
            silence->last = NONE;
        }
    }
    if (to_ns > silence->since_ns && slept_through(silence->since_ns, to_ns, from_ns, to_ns)) {
        silence->since_ns = to_ns;
    }
}

static int by_time(const void *left, const void *right)
{
    const struct stall *a = left, *b = right;
    return (a->at_ns > b->at_ns) - (a->at_ns < b->at_ns);
}

void silence_take(struct silence *silence, uint64_t end_ns, struct stall_list *ret_list)
{
    end_by(silence, end_ns);
    qsort(silence->kept, silence->count, sizeof *silence->kept, by_time);
    *ret_list = (struct stall_list){.stalls = silence->kept, .count = silence->count};
    *silence = (struct silence){0};
}
