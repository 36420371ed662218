/* unsent: requests that are due and will not be sent: they are taken out of the demand and recorded. All times are
 * clock_now_ns(). */
#ifndef TWOFOLD_LOAD_UNSENT_H
#define TWOFOLD_LOAD_UNSENT_H

#include "load/demand.h"
#include "load/recorder/recorder.h"

#include <stdbool.h>
#include <stdint.h>

/* The request that was due then, as the recorder takes it. */
struct flight unsent_flight(const struct recorder *recorder, uint64_t due_ns);

/* What is due by now will not be sent: `record` is called for each. */
void unsent_drop(struct demand *demand, struct recorder *recorder, uint64_t now_ns,
                 void (*record)(struct recorder *recorder, const struct flight *flight, uint64_t now_ns));

/* Users for whom there is no room are the generator's own want. Returns whether the next one was turned away. */
bool unsent_turn_away(struct demand *demand, struct recorder *recorder, uint64_t due_ns, uint64_t now_ns);

#endif
