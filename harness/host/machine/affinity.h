/* affinity: which cores this process may use, how they are divided between generator and service, and moving a thread
 * to some of them. Two hardware threads of one core slow each other down, so the generator and the service get no core
 * in common in that way either, where there are enough cores. */
#ifndef TWOFOLD_HOST_MACHINE_AFFINITY_H
#define TWOFOLD_HOST_MACHINE_AFFINITY_H

#include "base/core_set.h"
#include "base/error.h"

#include <stdbool.h>
#include <sys/types.h>

struct affinity_split {
    struct core_set generator;
    struct core_set service;
    struct core_set idle; /* not used: the other hardware threads of the generator's cores */
    bool shared;          /* there is only one core, and both are on it */
    bool siblings;        /* generator and service have hardware threads of one core */
};

/* The cores that the calling process may run on. Fails when the system does not say. */
int affinity_allowed(struct core_set *ret_cores, struct error *err);

/* The cores that the process `pid` may run on. Returns -1 where that is not known, as of a process that is gone. */
int affinity_of(pid_t pid, struct core_set *ret_cores);

/* Lets the calling thread run on `cores` only. On failure nothing has changed. */
int affinity_pin(const struct core_set *cores, struct error *err);

/* Gives the first `generator_cores` cores (0: one) of `allowed` to the generator and the rest to the service; the
 * hardware threads of a core stay together. A single core is shared by both. ERROR_INPUT when nothing would be left for
 * the service. `root` is put before /sys: "" outside tests. Where the system says nothing about hardware threads, each
 * counts as a core. */
int affinity_split(const struct core_set *allowed, unsigned generator_cores, const char *root,
                   struct affinity_split *ret_split, struct error *err);

#endif
