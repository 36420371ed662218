/* profile_break: what a service's processes do at the load that breaks and at the highest one that holds: both are run
 * once more under a sampling profiler (host/profile/perf.h), after everything that is judged, so that no figure of the
 * run is one that was profiled. */
#ifndef TWOFOLD_BENCH_PROFILE_BREAK_H
#define TWOFOLD_BENCH_PROFILE_BREAK_H

#include "base/error.h"
#include "bench/climb.h"

/* Of the climb's last trial, whose service still runs; other trials are left alone. Writes a profile record for each of
 * the two loads, and the folded stacks to a file beside the run log, "RUN.SERVICE-LEVEL.folded". Where no profile can
 * be made the record says why. Fails when stopped, and when the run log cannot be written. */
int profile_break_run(struct climb *climb, struct error *err);

#endif
