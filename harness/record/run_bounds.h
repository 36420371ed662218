/* run_bounds: what whoever judges a run may rely on beyond the types of its members: a core set is one, a step's
 * backend is there, times go forward, a sum fits its counts. Checked once, while a run log is read, so that analysis
 * and reports need no guards against what somebody else wrote. All complaints are ERROR_INPUT and name the key. */
#ifndef TWOFOLD_RECORD_RUN_BOUNDS_H
#define TWOFOLD_RECORD_RUN_BOUNDS_H

#include "base/error.h"
#include "record/run_log.h"

/* `counted` is the same histogram as its counts alone tell it: beside them, `said` may only be more exact. */
int run_bounds_histogram(const struct histogram *said, const struct histogram *counted, struct error *err);

int run_bounds_run(const struct run_record *run, struct error *err);

/* The last backend, the last audit, and the last trial, of those read so far. */
int run_bounds_backend(const struct run_log *log, struct error *err);
int run_bounds_audit(const struct run_log *log, struct error *err);
int run_bounds_trial(const struct run_log *log, struct error *err);

/* A step, a recovery or a soak, and a forecast, of the log as it was read so far. */
int run_bounds_step(const struct run_log *log, const struct step_record *step, struct error *err);
int run_bounds_forecast(const struct run_log *log, const struct forecast_record *forecast, struct error *err);

#endif
