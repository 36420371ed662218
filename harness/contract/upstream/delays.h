/* delays: many things that wait for their moment, in a heap, and one timerfd that wakes the loop for the first of them:
 * libuv's own timers only know milliseconds. A waiting thing is the caller's and holds a `struct delay`. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_DELAYS_H
#define TWOFOLD_CONTRACT_UPSTREAM_DELAYS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

struct delay {
    uint64_t due_ns; /* clock_now_ns() */
    size_t place;    /* in the heap, from 1; 0: it does not wait */
    void *owner;
};

struct delays {
    struct delay **heap; /* from 1 */
    size_t count, capacity;
    uint64_t armed_ns; /* UINT64_MAX: not */
    int timer;
    uv_poll_t poll;
    void (*due)(void *owner); /* its delay waits no more */
};

int delays_init(struct delays *delays, uv_loop_t *loop, void (*due)(void *owner), struct error *err);

/* `delay` (which does not wait) waits from now on. */
void delays_add(struct delays *delays, struct delay *delay, uint64_t due_ns, void *owner);

/* It waits no more; nothing happens where it does not. */
void delays_remove(struct delays *delays, struct delay *delay);

/* Close the timer; the loop must run once more after it. Whatever waits is forgotten. */
void delays_close(struct delays *delays);

#endif
