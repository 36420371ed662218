/* served: a service in a fresh process with what it needs, or an attached one, and the loader that drives it. It is
 * replaced by another fresh process when what it needs has failed, because nobody can say what that did to it. */
#ifndef TWOFOLD_BENCH_SERVICE_SERVED_H
#define TWOFOLD_BENCH_SERVICE_SERVED_H

#include "base/error.h"
#include "bench/run.h"
#include "bench/service/instance.h"
#include "load/loader.h"
#include "plan/manifest/manifest.h"
#include "plan/traffic/authorized.h"

struct served {
    const struct run *run;
    const struct manifest *manifest;
    struct instance instance;
    struct authorized authorized; /* the traffic of an attached service, with its credentials; borrowed by the loader */
    struct loader *loader;        /* NULL: there is none yet */
};

/* Restores the dependencies (bench/dependency/health.h), so that nothing of an earlier process is left in them, and
 * starts the service. One that does not start while a dependency fails is started again. On failure health_is_good
 * tells whose it is: false is a dependency that cannot be made to work. Nothing is left running then. */
int served_start(struct served *served, const struct run *run, const struct manifest *manifest, struct error *err);

/* Makes the loader. */
int served_load(struct served *served, struct error *err);

/* Stops the process and starts a fresh one, as served_start does. The loader goes with the old one. */
int served_replace(struct served *served, struct error *err);

/* Stops the service and frees the loader. */
void served_stop(struct served *served);

#endif
