/* pending: the requests of a simulated step that are under way, the one that ends first on top: a binary heap. */
#ifndef TWOFOLD_TESTS_SUPPORT_PENDING_H
#define TWOFOLD_TESTS_SUPPORT_PENDING_H

#include "load/transport/flight.h"
#include "queue_simulation.h"

#include <stddef.h>

struct pending_request {
    struct flight flight;
    struct queue_outcome outcome;
};

struct pending {
    struct pending_request *requests; /* NULL at first; released with free */
    size_t count;
};

void pending_add(struct pending *pending, const struct pending_request *request);

/* Removes the one that ends first; there must be one. */
struct pending_request pending_take(struct pending *pending);

/* No one is answered after the process has died: whoever would be ends then. */
void pending_die(struct pending *pending, uint64_t died_ns);

#endif
