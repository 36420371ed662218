#include "contract/upstream/visits.h"

#include "base/mem.h"

#include <stdlib.h>

/* Keys may be counted up as well as drawn: the high bits of a product depend on all of theirs. */
static struct visit **bucket_of(struct visits *visits, uint64_t key)
{
    return &visits->buckets[(key * UINT64_C(0x9e3779b97f4a7c15)) >> 52];
}

static struct visit **find(struct visits *visits, uint64_t key)
{
    struct visit **at = bucket_of(visits, key);

    while (*at != NULL && (*at)->key != key) {
        at = &(*at)->next;
    }
    return at;
}

uint64_t visits_time(struct visits *visits, uint64_t now_ns)
{
    visits->time_ns += visits->count * (now_ns - visits->until_ns);
    visits->until_ns = now_ns;
    return visits->time_ns;
}

void visits_begin(struct visits *visits, uint64_t key, uint64_t now_ns)
{
    struct visit **at = find(visits, key);

    if (*at == NULL) {
        visits_time(visits, now_ns);
        visits->count++;
        *at = mem_new(1, sizeof **at);
        (*at)->key = key;
    }
    (*at)->calls++;
}

void visits_end(struct visits *visits, uint64_t key, uint64_t now_ns)
{
    struct visit **at = find(visits, key), *visit = *at;

    if (visit != NULL && --visit->calls == 0) {
        visits_time(visits, now_ns);
        visits->count--;
        *at = visit->next;
        free(visit);
    }
}

void visits_release(struct visits *visits)
{
    for (size_t i = 0; i < VISITS_BUCKETS; i++) {
        while (visits->buckets[i] != NULL) {
            struct visit *visit = visits->buckets[i];
            visits->buckets[i] = visit->next;
            free(visit);
        }
    }
}
