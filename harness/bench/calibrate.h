/* calibrate: what the reference service does on this machine under this generator, which is the most that any run here
 * can show. */
#ifndef TWOFOLD_BENCH_CALIBRATE_H
#define TWOFOLD_BENCH_CALIBRATE_H

#include "base/error.h"
#include "bench/run.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

#include <stdbool.h>

/* Sends closed load to GET /items/1 of the built service `reference` for two seconds, or half a second where the plan's
 * profile is quick, and once more where others took from the machine meanwhile; the second measurement stands. Uses the
 * plan, cores, progress and stop of `run`. */
int calibrate(const struct run *run, const struct manifest *reference, struct calibration *ret_calibration,
              struct error *err);

/* Builds the reference service before a run; *ret_built: it can be measured. A run without its calibration is still a
 * run: what is missing is said. `reference` is NULL where there is none. Fails only when stopped. */
int calibrate_build(const struct run *run, const struct manifest *reference, bool *ret_built, struct error *err);

/* As calibrate, but says what it does, and fails only when stopped; where nothing could be measured, the calibration is
 * not done. */
int calibrate_say(const struct run *run, const struct manifest *reference, struct calibration *ret_calibration,
                  struct error *err);

#endif
