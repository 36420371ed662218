/* served: a service in a fresh process with what it needs, or an attached one, and the generators that drive it. It is
 * replaced by another fresh process when what it needs has failed, because nobody can say what that did to it. */
#ifndef TWOFOLD_BENCH_SERVICE_SERVED_H
#define TWOFOLD_BENCH_SERVICE_SERVED_H

#include "base/error.h"
#include "bench/crew/crew.h"
#include "bench/run.h"
#include "bench/service/instance.h"
#include "plan/manifest/manifest.h"
#include "plan/traffic/authorized.h"

#include <stdbool.h>
#include <stdint.h>

struct served {
    const struct run *run;
    const struct manifest *manifest;
    struct core_set cores; /* of a launched service: that its process may run on */
    uint64_t level;        /* that the process was started for, where the scenario starts one for each; else 0 */
    struct instance instance;
    struct authorized authorized; /* the traffic of an attached service, with its credentials; borrowed by the crew */
    struct crew *crew;            /* NULL: there is none yet */
};

/* Restores the dependencies (bench/dependency/health.h), so that nothing of an earlier process is left in them, and
 * starts the service. One that does not start while a dependency fails is started again. On failure health_is_good
 * tells whose it is: false is a dependency that cannot be made to work. Nothing is left running then. `level` is the
 * one that comes: where the scenario starts a process for each (scenario.variable), this one is for it. */
int served_start(struct served *served, const struct run *run, const struct manifest *manifest, uint64_t level,
                 struct error *err);

/* Whether the process is the one for this level. */
bool served_is_for(const struct served *served, uint64_t level);

/* How many cores it may run on, and whether the generator runs on one of them. An attached one may be anywhere. */
unsigned served_core_count(const struct served *served);
bool served_shares_cores(const struct served *served);

/* Makes the generators ready. */
int served_load(struct served *served, struct error *err);

/* Stops the process and starts a fresh one for the level, as served_start does. The generators' connections go with the
 * old one. */
int served_replace(struct served *served, uint64_t level, struct error *err);

/* Stops the service and frees the generators. */
void served_stop(struct served *served);

#endif
