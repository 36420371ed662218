/* visits: for how long somebody was waiting for the upstream. A visit lasts while at least one call of a key is in flight, so
 * that eight calls at once for one request are one visit and not eight: what the upstream's clients spend in it is the
 * time of their visits. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_VISITS_H
#define TWOFOLD_CONTRACT_UPSTREAM_VISITS_H

#include <stddef.h>
#include <stdint.h>

struct visit {
    struct visit *next; /* in its bucket */
    uint64_t key;
    size_t calls; /* in flight */
};

#define VISITS_BUCKETS 4096

struct visits {
    struct visit *buckets[VISITS_BUCKETS];
    uint64_t count;    /* under way */
    uint64_t time_ns;  /* of all visits, up to `until_ns` */
    uint64_t until_ns; /* clock_now_ns() */
};

/* A call of the key begins; one of its calls ends. Times never go back. `= {0}` is empty. */
void visits_begin(struct visits *visits, uint64_t key, uint64_t now_ns);
void visits_end(struct visits *visits, uint64_t key, uint64_t now_ns);

/* The time of all visits up to now, those under way included. */
uint64_t visits_time(struct visits *visits, uint64_t now_ns);

void visits_release(struct visits *visits);

#endif
