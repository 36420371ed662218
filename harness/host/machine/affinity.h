/* affinity: which cores this process may use, which of them the generator and the service get, and pinning a thread.
 * Two hardware threads of one core slow each other down, so where there are cores enough, the generator and the service
 * never share a core that way either. */
#ifndef TWOFOLD_HOST_MACHINE_AFFINITY_H
#define TWOFOLD_HOST_MACHINE_AFFINITY_H

#include "base/core_set.h"
#include "base/error.h"

#include <stdbool.h>

struct affinity_split {
    struct core_set generator;
    struct core_set service;
    struct core_set idle; /* left to nobody: hardware threads beside the generator's on its own cores */
    bool shared;          /* there is one core only, and both are on it */
    bool siblings;        /* some core of one is the other hardware thread of a core of the other */
};

/* The cores that the calling process may run on. Fails when the system does not say. */
int affinity_allowed(struct core_set *ret_cores, struct error *err);

/* Let the calling thread run on `cores` only. On failure nothing has changed. */
int affinity_pin(const struct core_set *cores, struct error *err);

/* The first `generator_cores` cores (0 counts as 1) of `allowed` for the generator and the rest for the service; a
 * core's hardware threads stay together. One core alone is shared by both. ERROR_INPUT when nothing would be left for
 * the service. `root` is put before /sys: "" outside tests; where it says nothing of hardware threads, each core is
 * one. */
int affinity_split(const struct core_set *allowed, unsigned generator_cores, const char *root,
                   struct affinity_split *ret_split, struct error *err);

#endif
