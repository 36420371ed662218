/* calibrate: what the reference service does on this machine under this generator, which is the most that any run here
 * can show. */
#ifndef TWOFOLD_BENCH_CALIBRATE_H
#define TWOFOLD_BENCH_CALIBRATE_H

#include "base/error.h"
#include "bench/run.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

/* Sends closed load to GET /items/1 of the built service `reference` for two seconds, or half a second where the plan's
 * profile is quick, and once more where others took from the machine meanwhile; the second measurement stands. Uses the
 * plan, cores, progress and stop of `run`. */
int calibrate(const struct run *run, const struct manifest *reference, struct calibration *ret_calibration,
              struct error *err);

#endif
