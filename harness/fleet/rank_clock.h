/* rank_clock: how far another rank's clock is ahead of this one's (base/clocks/clock_offset.h): the other is asked for
 * it again and again for some milliseconds, and both do nothing else meanwhile, so that an answer takes tens of
 * microseconds. Between steps only: it takes the core of each. */
#ifndef TWOFOLD_FLEET_RANK_CLOCK_H
#define TWOFOLD_FLEET_RANK_CLOCK_H

#include "base/clocks/clock_offset.h"
#include "fleet/ranks.h"

#include <stdbool.h>

/* The kinds of its messages; all others are the caller's. */
#define RANK_CLOCK_BEGIN  1000
#define RANK_CLOCK_ASK    999
#define RANK_CLOCK_ANSWER 998

/* Asks the rank, which answers with rank_clock_answer; whatever else comes meanwhile is given to `other`, which takes
 * its data. Returns false where no answer came for two seconds; *offset is as before then. */
bool rank_clock_measure(struct ranks *ranks, unsigned rank, struct clock_offset *offset,
                        void (*other)(void *context, struct ranks_message *message), void *context);

/* After a message RANK_CLOCK_BEGIN: answers until the asking ends. */
void rank_clock_answer(struct ranks *ranks, unsigned from);

#endif
