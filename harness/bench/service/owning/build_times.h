/* build_times: how long a service takes to build: from scratch, and again after a line of its source was changed. Both
 * in a copy of its folder, so that nothing is found that was built before. What builds download (packages of others)
 * comes from their caches as far as it is there; what compilers keep of earlier builds (Go's build cache, ccache) does
 * not. */
#ifndef TWOFOLD_BENCH_SERVICE_OWNING_BUILD_TIMES_H
#define TWOFOLD_BENCH_SERVICE_OWNING_BUILD_TIMES_H

#include "base/error.h"
#include "bench/run.h"
#include "plan/manifest/manifest.h"
#include "record/run_log.h"

/* Takes the times into `record`. Where they cannot be taken, which the progress says, they stay 0. The service was
 * built before, so that its packages are there. Uses the progress and stop of `run`. Fails only with ERROR_STOPPED. */
int build_times_take(const struct run *run, const struct manifest *manifest, struct backend_record *record,
                     struct error *err);

#endif
