/* calibrate: what the reference service does on this machine with this generator: the most that any run here can show.
 */
#ifndef TWOFOLD_BENCH_CALIBRATE_H
#define TWOFOLD_BENCH_CALIBRATE_H

#include "bench/cores.h"
#include "bench/progress.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stdatomic.h>

struct calibrate_options {
    const struct manifest *reference; /* built */
    struct cores *cores;
    const struct progress *progress;
    bool quick;
    const atomic_bool *stop;
};

/* Closed load of GET /items/1 for two seconds (half a second when quick). */
int calibrate(const struct calibrate_options *options, struct calibration *ret_calibration, struct error *err);

#endif
