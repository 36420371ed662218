/* wall_seconds: when the whole seconds of the wall clock begin on the monotonic clock, by which everything else is
 * timed. How far the one is ahead of the other is read when a step begins and holds for the whole step, so that a wall
 * clock that is set meanwhile moves no due moment; how far it was set is kept, and the step is invalid for it. The
 * kernel lets both clocks run at the same speed, also while NTP slews them, so that nothing else moves one against the
 * other. */
#ifndef TWOFOLD_LOAD_STREAMS_WALL_SECONDS_H
#define TWOFOLD_LOAD_STREAMS_WALL_SECONDS_H

#include <stdint.h>

struct wall_seconds {
    int64_t ahead_ns;    /* of the wall clock before the monotonic one, when the step began */
    uint64_t stepped_ns; /* how far the wall clock has been away from where it should be, at most */
};

/* The step begins, with the wall clock so far ahead (clock_wall_ahead_ns). */
void wall_seconds_begin(struct wall_seconds *seconds, int64_t ahead_ns);

/* It is so far ahead now. */
void wall_seconds_look(struct wall_seconds *seconds, int64_t ahead_ns);

/* When this second (Unix time) begins, of clock_now_ns(); 0 for one that began before that clock did. */
uint64_t wall_seconds_due_ns(const struct wall_seconds *seconds, uint64_t second);

/* The first second that begins at `now_ns` of clock_now_ns() or after it. */
uint64_t wall_seconds_next(const struct wall_seconds *seconds, uint64_t now_ns);

#endif
