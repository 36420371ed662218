#include "record/stall.h"

#include "base/list.h"

#include <stdlib.h>

void stall_list_release(struct stall_list *list)
{
    free(list->stalls);
    *list = (struct stall_list){0};
}

static uint64_t end_of(const struct stall *stall)
{
    return stall->at_ns + stall->length_ns;
}

static uint64_t silent_from(const struct stall *stall)
{
    return stall->at_ns - stall->idle_ns;
}

static uint64_t larger(uint64_t a, uint64_t b)
{
    return a > b ? a : b;
}

static uint64_t smaller(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

/* Each has requests in flight from its at_ns until its own end, which is not before the common one. */
static void add_common(struct stall_list *list, const struct stall *a, const struct stall *b)
{
    uint64_t from_ns = larger(silent_from(a), silent_from(b)), to_ns = smaller(end_of(a), end_of(b));

    if (from_ns < to_ns) {
        uint64_t at_ns = smaller(larger(smaller(a->at_ns, b->at_ns), from_ns), to_ns);
        *list_add(list->stalls, list->count) =
            (struct stall){.at_ns = at_ns, .length_ns = to_ns - at_ns, .idle_ns = at_ns - from_ns};
    }
}

void stall_list_meet(struct stall_list *into, const struct stall_list *from)
{
    struct stall_list common = {0};
    size_t i = 0, k = 0;

    while (i < into->count && k < from->count) {
        const struct stall *a = &into->stalls[i], *b = &from->stalls[k];
        add_common(&common, a, b);
        if (end_of(a) <= end_of(b)) {
            i++;
        } else {
            k++;
        }
    }
    stall_list_release(into);
    *into = common;
}

static int by_length(const void *left, const void *right)
{
    const struct stall *a = left, *b = right;

    if (a->length_ns != b->length_ns) {
        return a->length_ns > b->length_ns ? -1 : 1;
    }
    return (a->at_ns > b->at_ns) - (a->at_ns < b->at_ns);
}

static int by_time(const void *left, const void *right)
{
    const struct stall *a = left, *b = right;
    return (a->at_ns > b->at_ns) - (a->at_ns < b->at_ns);
}

void stall_list_settle(struct stall_list *list, uint64_t responses, uint64_t measured_ns)
{
    double gap_ns = responses > 0 ? (double)measured_ns / (double)responses : (double)measured_ns;
    size_t kept = 0;

    for (size_t i = 0; i < list->count; i++) {
        double length_ns = (double)list->stalls[i].length_ns;
        list->stalls[i].idle_ns = 0;
        if (length_ns >= STALL_LEAST_NS && length_ns >= STALL_GAPS * gap_ns) {
            list->stalls[kept++] = list->stalls[i];
        }
    }
    list->count = kept;
    if (kept > STALLS_MOST) {
        qsort(list->stalls, kept, sizeof *list->stalls, by_length);
        list->count = STALLS_MOST;
        qsort(list->stalls, list->count, sizeof *list->stalls, by_time);
    }
}
