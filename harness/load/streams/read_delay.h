/* read_delay: how long a message may have lain in its socket before the generator thread read it, at most: the thread's
 * own fault, as the send lag is that of a request. A message that is read in a turn of the loop came after the poll of
 * the turn before; where this turn's own poll had to wait, nothing lay there when it began. */
#ifndef TWOFOLD_LOAD_STREAMS_READ_DELAY_H
#define TWOFOLD_LOAD_STREAMS_READ_DELAY_H

#include <stdint.h>

/* All zero: nothing was read yet. All times are clock_now_ns(). */
struct read_delay {
    uint64_t before_ns; /* when the turn before read its first, or else when this turn began */
    uint64_t poll_ns;   /* when this turn's poll began */
    uint64_t first_ns;  /* when this turn read its first; 0: it has not */
    uint64_t from_ns;   /* since when what this turn reads may have been there */
};

/* A turn begins at `now_ns`, and polls at `poll_ns`. */
void read_delay_turn(struct read_delay *delay, uint64_t now_ns, uint64_t poll_ns);

/* A message is read at `now_ns`. Returns how long it may have lain there. */
uint64_t read_delay_of(struct read_delay *delay, uint64_t now_ns);

#endif
