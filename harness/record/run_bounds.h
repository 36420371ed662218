/* run_bounds: checks what the types of its members do not guarantee of a run log: core sets can be read, the backend of
 * a step has its record, times increase, the sum of a histogram fits its counts. It is checked once, while the log is
 * read, so that analysis and reports need no guards against a file that somebody else wrote. All errors are ERROR_INPUT
 * and name the key. */
#ifndef TWOFOLD_RECORD_RUN_BOUNDS_H
#define TWOFOLD_RECORD_RUN_BOUNDS_H

#include "base/error.h"
#include "record/run_log.h"

/* `counted` is what follows from the counts of the histogram alone. `stated` has the total, min, max and sum that are
 * stored beside the counts; they may be more exact, but must not contradict them. */
int run_bounds_histogram(const struct histogram *stated, const struct histogram *counted, struct error *err);

/* The readings of a step, in the order of time. */
int run_bounds_samples(const struct sample *samples, size_t count, struct error *err);

int run_bounds_run(const struct run_record *run, struct error *err);

/* Check the record of each kind that was read last. */
int run_bounds_backend(const struct run_log *log, struct error *err);
int run_bounds_audit(const struct run_log *log, struct error *err);
int run_bounds_trial(const struct run_log *log, struct error *err);

/* Check a step, a recovery or a soak but for its samples, and a forecast, against what was read before it. */
int run_bounds_step(const struct run_log *log, const struct step_record *step, struct error *err);
int run_bounds_forecast(const struct run_log *log, const struct forecast_record *forecast, struct error *err);

#endif
