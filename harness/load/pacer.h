/* pacer: wakes an event loop at a moment, to tens of microseconds, by a timerfd in the loop's poll set (libuv's own
 * timers count milliseconds). The last stretch before the moment is the caller's to spin: see PACER_EARLY_NS. */
#ifndef TWOFOLD_LOAD_PACER_H
#define TWOFOLD_LOAD_PACER_H

#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>
#include <uv.h>

/* How long before a due moment to wake up and spin: covers the wake-up latency of an idle core. */
#define PACER_EARLY_NS UINT64_C(50000)

/* A shorter wait is spun as a whole, where there is a core for it. Blocking, arming the timer and being woken would
 * cost more than they save, and would make every response that comes meanwhile look later by the wake-up. */
#define PACER_BLOCK_NS UINT64_C(200000)

struct pacer {
    uv_poll_t poll;
    int fd;
    uint64_t armed_ns; /* 0: not armed */
};

/* ERROR_FAILED when the system has no timer left. */
int pacer_init(struct pacer *pacer, uv_loop_t *loop, struct error *err);

/* Wake the loop at `at_ns` of clock_now_ns() instead of any moment armed before. Arming the same moment again is free.
 */
void pacer_arm(struct pacer *pacer, uint64_t at_ns);

/* Close its handle and file descriptor, for which the loop must run once more. */
void pacer_close(struct pacer *pacer);

#endif
