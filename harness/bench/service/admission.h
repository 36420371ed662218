/* admission: a built backend started, verified against the contract, and stopped. */
#ifndef TWOFOLD_BENCH_SERVICE_ADMISSION_H
#define TWOFOLD_BENCH_SERVICE_ADMISSION_H

#include "base/error.h"
#include "bench/run.h"
#include "contract/verify/verify.h"
#include "plan/manifest/manifest.h"

#include <stdint.h>

struct admission_options {
    const struct run *run;           /* its cores, dependencies and stop are used */
    const struct manifest *manifest; /* built */
    uint64_t seed;                   /* of the random requests */
    uint64_t idle_ns;                /* also check that a connection survives being idle for so long; 0: do not */
};

/* Fails when the backend cannot be started, when it listens on all addresses of the machine, when it ends while it is
 * verified (the error says how, and quotes its last output), and when stopped. Whether its responses are right is in
 * `ret_result`, which the caller releases. Before it the dependencies are restored; where one fails meanwhile, the
 * backend is started and verified again. When that does not help, this fails, and health_is_good
 * (bench/dependency/health.h) is false: then it says nothing about the backend. */
int admission_check(const struct admission_options *options, struct verify_result *ret_result, struct error *err);

#endif
