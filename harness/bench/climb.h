/* climb: what a trial does with its running service.
 *
 * First the ladder, each step with its forecast, until two steps in a row break, the service dies, or the ladder ends.
 * Then, at once, the first step's load again (the recovery): how long until the service is well, and what memory it
 * keeps. Then the search between the highest load that it sustained and the lowest that it did not, if the profile has
 * a search; it comes after the recovery so that none of its steps suffers from the overload before. Last, where the
 * scenario has one, the soak: a steady load for a longer time, at a share of the highest level that it sustained below
 * its lowest break.
 *
 * An invalid step is run once more, except for the recovery. A service that died does nothing further, and one that
 * sustained no level has no soak. */
#ifndef TWOFOLD_BENCH_CLIMB_H
#define TWOFOLD_BENCH_CLIMB_H

#include "base/error.h"
#include "bench/dependency/audit.h"
#include "bench/run.h"
#include "bench/service/instance.h"
#include "load/loader.h"

#include <stdint.h>

struct climb {
    const struct run *run;
    const char *backend;
    unsigned trial;
    struct instance *instance;
    struct loader *loader;
    struct audit *audit; /* every step is added to it */
    uint64_t rest_ns;    /* of the run after this trial, at most */
};

/* All of it. Fails when stopped, or when the run log cannot be written. */
int climb_run(const struct climb *climb, struct error *err);

#endif
