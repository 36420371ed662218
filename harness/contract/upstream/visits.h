/* visits: how long clients spent waiting for the upstream. A visit lasts while at least one call of a key is in flight:
 * eight concurrent calls on behalf of one request are one visit, not eight. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_VISITS_H
#define TWOFOLD_CONTRACT_UPSTREAM_VISITS_H

#include <stddef.h>
#include <stdint.h>

struct visit {
    struct visit *next; /* next in the bucket */
    uint64_t key;
    size_t calls; /* in flight */
};

#define VISITS_BUCKETS 4096

struct visits {
    struct visit *buckets[VISITS_BUCKETS];
    uint64_t count;    /* in progress */
    uint64_t time_ns;  /* total of all visits up to `until_ns` */
    uint64_t until_ns; /* clock_now_ns() */
};

/* A call of this key begins, or ends. `now_ns` must never decrease. A zeroed struct is an empty set. */
void visits_begin(struct visits *visits, uint64_t key, uint64_t now_ns);
void visits_end(struct visits *visits, uint64_t key, uint64_t now_ns);

/* Total time of all visits up to now, including those in progress. */
uint64_t visits_time(struct visits *visits, uint64_t now_ns);

void visits_release(struct visits *visits);

#endif
