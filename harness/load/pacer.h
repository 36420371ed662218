/* pacer: wakes an event loop at a moment, to tens of microseconds: a timerfd in the loop's poll set (libuv's own timers
 * have milliseconds). The last stretch before the moment is for the caller to spin, see PACER_EARLY_NS. */
#ifndef TWOFOLD_LOAD_PACER_H
#define TWOFOLD_LOAD_PACER_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* How long before a due moment to wake and spin: covers the wake-up latency of an idle core. */
#define PACER_EARLY_NS UINT64_C(50000)

/* A wait shorter than this is spun from its beginning, where there is a core to spin on: to block, to arm the timer and
 * to be woken costs more than it saves, and makes every answer that comes meanwhile look later by its wake-up. */
#define PACER_BLOCK_NS UINT64_C(200000)

struct pacer {
    uv_poll_t poll;
    int fd;
    uint64_t armed_ns; /* 0: not armed */
};

int pacer_init(struct pacer *pacer, uv_loop_t *loop, struct error *err);

/* Wake the loop at `at_ns` of clock_now_ns(), instead of any moment armed before. Arming the same moment again is free.
 */
void pacer_arm(struct pacer *pacer, uint64_t at_ns);

/* Close the handle; the loop must run once more. */
void pacer_close(struct pacer *pacer);

#endif
