/* dispatch: which request goes when over which connection of a worker: the queue of due requests, the free connections
 * in rotation, the opening of more. The worker's loop calls it, and the connections tell it. */
#ifndef TWOFOLD_LOAD_DISPATCH_H
#define TWOFOLD_LOAD_DISPATCH_H

#include "load/transport/transport.h"

#include <stdbool.h>
#include <stdint.h>

struct worker;

extern const struct transport_events dispatch_events;

/* Send what is due by `now_ns`, as far as there are connections, and open more where there are not. */
void dispatch_due(struct worker *worker, uint64_t now_ns);

/* The moment (clock_now_ns()) of the next request that could be sent if nothing came in, seen from `now_ns`;
 * UINT64_MAX: none. */
uint64_t dispatch_next_due(const struct worker *worker, uint64_t now_ns);

/* Whether every request of the step is resolved. */
bool dispatch_all_resolved(const struct worker *worker, uint64_t now_ns);

/* Record all that is sent and unanswered, or due and unsent, as at least as old as it is now. */
void dispatch_censor(struct worker *worker, uint64_t now_ns);

/* Connections still busy with a request that was given up; and close them. */
uint64_t dispatch_abandoned(const struct worker *worker);
void dispatch_close_abandoned(struct worker *worker);

/* Whether about as many connections are being opened as may be at a time: seen after a turn of the loop, the service
 * lets them wait. */
bool dispatch_held_up(const struct worker *worker);

void dispatch_close_all(struct worker *worker);

#endif
