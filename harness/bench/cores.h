/* cores: which cores the generator, the service and its dependencies run on. */
#ifndef TWOFOLD_BENCH_CORES_H
#define TWOFOLD_BENCH_CORES_H

#include "base/error.h"
#include "host/machine/affinity.h"

struct cores {
    struct affinity_split split;
    char *generator, *service; /* as text */
    unsigned generator_count;
    struct core_set dependencies; /* empty: no scenario needs any */
    bool dependencies_shared;     /* they are the service's cores, because there are too few */
};

/* Splits the cores that this process may use, with `generator_cores` of them (0: one) for the generator, and moves the
 * calling thread, which takes the samples, to the generator's cores. Release with cores_release. */
int cores_init(struct cores *cores, unsigned generator_cores, struct error *err);

/* Takes a third of the service's cores for the dependencies, at least one. Where the service has only one, they share
 * it. Call it before anything runs on these cores. */
int cores_split_dependencies(struct cores *cores, struct error *err);
void cores_release(struct cores *cores);

/* For struct loader_options: pins generator thread number `thread` to its core. `context` is the struct cores. */
void cores_pin_thread(void *context, unsigned thread);

#endif
