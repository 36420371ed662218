/* log_builder: run logs for tests of the findings, made up out of built steps: a run that gives no reason for any
 * warning, of six trials a service, on a machine with two service cores. */
#ifndef TWOFOLD_TESTS_SUPPORT_LOG_BUILDER_H
#define TWOFOLD_TESTS_SUPPORT_LOG_BUILDER_H

#include "analysis/findings.h"
#include "step_builder.h"

/* p99 50 ms, 0.1 % errors, 95 % throughput, 512 MiB. */
extern const char log_builder_scenario[];

/* A run of that scenario with nothing in it; released with run_log_release. */
void log_builder_init(struct run_log *log);

/* One that took part, and one that did not. Valid until the next is added. */
struct backend_record *log_builder_backend(struct run_log *log, const char *name);
void log_builder_skip(struct run_log *log, const char *name, const char *why);

/* The step as the builder has it, of builder->backend. Valid until the next is added. */
struct step_record *log_builder_step(struct run_log *log, const struct step_builder *builder);

/* The same as the soak of builder->backend in builder->trial. */
struct step_record *log_builder_soak(struct run_log *log, const struct step_builder *builder);

/* The same as the recovery of builder->backend after builder->trial. */
struct step_record *log_builder_recovery(struct run_log *log, const struct step_builder *builder);

/* The end of a trial: with steps, or with why it has none (NULL: it has). Valid until the next is added. */
struct trial_record *log_builder_trial(struct run_log *log, const char *backend, unsigned trial, const char *failed);

/* A climb of `backend` in letters, a step each that doubles from 500/s: p pass, b break, i invalid. */
void log_builder_climb(struct run_log *log, const char *backend, unsigned trial, const char *letters);

/* The findings under the scenario's own limits; fails the test where they cannot be made. */
struct findings log_builder_findings(const struct run_log *log);

#endif
