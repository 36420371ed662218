/* cores: which cores the generator, the service and its dependencies run on. */
#ifndef TWOFOLD_BENCH_CORES_H
#define TWOFOLD_BENCH_CORES_H

#include "base/error.h"
#include "host/machine/affinity.h"
#include "plan/box.h"
#include "plan/manifest/manifest.h"

#include <stddef.h>

struct cores {
    struct affinity_split split;
    char *generator, *service; /* as text */
    unsigned generator_count;
    struct core_set launched;     /* where services that are started run: split.service, but for cores_attach */
    struct core_set dependencies; /* empty: no scenario needs any */
    bool dependencies_shared;     /* they are the service's cores, because there are too few */
    bool other_run;               /* another run of twofold was there when these were taken */
    bool claimed;                 /* this run is there for others (host/machine/neighbour.h), by `claim` */
    int claim;
};

/* Splits the cores that this process may use, with `generator_cores` of them (0: one) for the generator, and moves the
 * calling thread, which takes the samples, to the generator's cores. Release with cores_release. */
int cores_init(struct cores *cores, unsigned generator_cores, struct error *err);

/* Takes a third of the service's cores for the dependencies, at least one. Where the service has only one, they share
 * it. Call it before anything runs on these cores. */
int cores_split_dependencies(struct cores *cores, struct error *err);

/* Where all services of a run are attached, on this machine, and their processes are found: the service's cores are
 * those that these processes may use, and they are shared where the generator's are among them. Nobody is moved. */
void cores_attach(struct cores *cores, const struct manifest *services, size_t count);

/* The cores of a service in this box: as many of the services' as it says, and where these are too few, some of the
 * generator's too. */
void cores_of_box(const struct cores *cores, const struct box *box, struct core_set *ret_cores);

/* How many there are for a service at most, the generator's among them. */
unsigned cores_most(const struct cores *cores);

/* Whether a service that is started runs on cores of the generator. */
bool cores_launched_shared(const struct cores *cores);

void cores_release(struct cores *cores);

/* For struct loader_options: pins generator thread number `thread` to its core. `context` is the struct cores. */
void cores_pin_thread(void *context, unsigned thread);

#endif
