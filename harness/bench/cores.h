/* cores: where the generator and the service run, and the generator's threads put there. */
#ifndef TWOFOLD_BENCH_CORES_H
#define TWOFOLD_BENCH_CORES_H

#include "base/error.h"
#include "host/affinity.h"

struct cores {
    struct affinity_split split;
    char *generator, *service; /* as text */
    unsigned generator_count;
};

/* Split what this process may use, and move the calling thread (which samples) to the generator's cores. */
int cores_init(struct cores *cores, unsigned generator_cores, struct error *err);
void cores_release(struct cores *cores);

/* For struct loader_options: pin generator thread number `thread` to its core. `context` is the struct cores. */
void cores_pin_thread(void *context, unsigned thread);

#endif
