/* delays: any number of things that wait for a moment in time, kept in a heap, and one timerfd that wakes the loop for
 * the earliest of them. libuv's own timers only resolve milliseconds. The caller owns each waiting thing, which holds a
 * `struct delay`. */
#ifndef TWOFOLD_CONTRACT_UPSTREAM_DELAYS_H
#define TWOFOLD_CONTRACT_UPSTREAM_DELAYS_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uv.h>

struct delay {
    uint64_t due_ns; /* clock_now_ns() */
    size_t place;    /* index in the heap, from 1; 0: not waiting */
    void *owner;
};

struct delays {
    struct delay **heap; /* used from index 1 */
    size_t count, capacity;
    uint64_t armed_ns; /* what the timer is set to; UINT64_MAX: not set */
    int timer;
    uv_poll_t poll;
    void (*due)(void *owner); /* called when a delay is over; the delay has left the heap */
};

int delays_init(struct delays *delays, uv_loop_t *loop, void (*due)(void *owner), struct error *err);

/* Start waiting. `delay` must not be waiting already. */
void delays_add(struct delays *delays, struct delay *delay, uint64_t due_ns, void *owner);

/* Stop waiting. Does nothing when `delay` is not waiting. */
void delays_remove(struct delays *delays, struct delay *delay);

/* Close the timer and forget whatever still waits. The loop must run once more afterwards. */
void delays_close(struct delays *delays);

#endif
