/* runtime_usage: what the runtime of a service said of itself in the measured part of a step
 * (record/reading/runtime.h). */
#ifndef TWOFOLD_ANALYSIS_USAGE_RUNTIME_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_RUNTIME_USAGE_H

#include "record/run_log.h"

/* NAN: not told. Peaks are those of the readings, of which there is one a second. */
struct runtime_usage {
    double event_loop_lag_ns; /* peak */
    double gc_share;          /* of the time that it collected garbage, between the first and the last reading */
    double gc_runs;           /* collections between them */
    double goroutines, pool_active, pool_waiting; /* peaks */
    double pool_connections;                      /* as last told */
};

void runtime_usage_find(const struct step_record *step, struct runtime_usage *ret_usage);

#endif
