/* roster: the connections of a worker: all of them, and those that are free, which are used in rotation, so that none
 * rests until the service closes it. */
#ifndef TWOFOLD_LOAD_ROSTER_H
#define TWOFOLD_LOAD_ROSTER_H

#include "load/transport/connection.h"

#include <stdint.h>

struct worker;

/* A connection that the worker has, and has no more. */
void roster_join(struct worker *worker, struct connection *connection);
void roster_leave(struct worker *worker, struct connection *connection);

/* One that waits for a request, and waits no more. */
void roster_join_free(struct worker *worker, struct connection *connection, uint64_t now_ns);
void roster_leave_free(struct worker *worker, struct connection *connection);

/* Close one that is in no list but that of all. */
void roster_discard(struct worker *worker, struct connection *connection);

#endif
