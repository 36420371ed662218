/* prepare: a service made ready for its trials: its toolchain is looked for, it is built and verified, and its cost of
 * ownership is read. What prevents one backend from taking part is a reason, not an error: the run goes on without it.
 */
#ifndef TWOFOLD_BENCH_SERVICE_PREPARE_H
#define TWOFOLD_BENCH_SERVICE_PREPARE_H

#include "base/error.h"
#include "bench/run.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

/* Fills `ret_record`, which the caller releases, as far as it can be known before a trial; `skipped` in it is the
 * reason why the backend takes no part. Uses the scenario, cores, dependencies, progress and stop of `run`. Fails
 * with ERROR_STOPPED, and when a dependency cannot be made to work, which says nothing about the backend. */
int prepare_backend(const struct run *run, const struct manifest *manifest, struct backend_record *ret_record,
                    struct error *err);

/* The first part alone: looks for the toolchain and runs the build commands (30 min at most each). record->skipped is
 * the reason why it could not be built. Uses the progress and stop of `run`. Fails only with ERROR_STOPPED; the caller
 * releases the record in any case. */
int prepare_build(const struct run *run, const struct manifest *manifest, struct backend_record *record,
                  struct error *err);

#endif
