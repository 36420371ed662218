/* cores: where the generator and the service run, and the generator's threads put there. */
#ifndef TWOFOLD_BENCH_CORES_H
#define TWOFOLD_BENCH_CORES_H

#include "base/error.h"
#include "host/machine/affinity.h"

struct cores {
    struct affinity_split split;
    char *generator, *service; /* as text */
    unsigned generator_count;
    struct core_set dependencies; /* empty: none was asked for */
    bool dependencies_shared;     /* they are the service's, for want of more */
};

/* Split what this process may use, and move the calling thread (which samples) to the generator's cores. */
int cores_init(struct cores *cores, unsigned generator_cores, struct error *err);

/* Take a third of the service's cores for what it depends on, but at least one; where it has only one, they share it.
 * To be called before anything runs on them. */
int cores_split_dependencies(struct cores *cores, struct error *err);
void cores_release(struct cores *cores);

/* For struct loader_options: pin generator thread number `thread` to its core. `context` is the struct cores. */
void cores_pin_thread(void *context, unsigned thread);

#endif
