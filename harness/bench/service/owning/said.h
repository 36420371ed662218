/* said: what the commands of a manifest say of what owning the service costs. */
#ifndef TWOFOLD_BENCH_SERVICE_OWNING_SAID_H
#define TWOFOLD_BENCH_SERVICE_OWNING_SAID_H

#include "base/error.h"
#include "bench/run.h"
#include "plan/manifest/manifest.h"

#include <stdint.h>

/* The size of all files at and below the paths that its "runtime" prints, one a line; untouched where it has none. A
 * path that is not there is an error. Uses the stop of `run`. */
int said_bytes(const struct run *run, const struct manifest *manifest, uint64_t *ret_bytes, struct error *err);

/* How many different lines its "dependencies" prints; untouched where it has none. */
int said_count(const struct run *run, const struct manifest *manifest, uint64_t *ret_count, struct error *err);

#endif
