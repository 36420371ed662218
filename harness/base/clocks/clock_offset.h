/* clock_offset: how far another machine's clock is ahead of this one's. That machine is asked for its clock again and
 * again: its answer belongs to some moment between the question and the arrival of the answer, most likely to the
 * middle, and is wrong by half of that time at most (Cristian, "Probabilistic clock synchronization", 1989). The
 * quickest answer counts, until its error and the drift of the clocks since then are more than that of a newer one. */
#ifndef TWOFOLD_BASE_CLOCKS_CLOCK_OFFSET_H
#define TWOFOLD_BASE_CLOCKS_CLOCK_OFFSET_H

#include <stdbool.h>
#include <stdint.h>

/* `= {0}` is not known yet. */
struct clock_offset {
    bool known;
    int64_t ahead_ns;     /* the other clock less this one */
    uint64_t error_ns;    /* when it was measured */
    uint64_t measured_ns; /* by this clock */
};

/* An answer: asked at `asked_ns` and arrived at `arrived_ns` by this clock, `other_ns` by the other one. */
void clock_offset_take(struct clock_offset *offset, uint64_t asked_ns, uint64_t other_ns, uint64_t arrived_ns);

/* A moment of the other clock, by this one; 0 for one before this clock began. */
uint64_t clock_offset_here(const struct clock_offset *offset, uint64_t other_ns);

#endif
