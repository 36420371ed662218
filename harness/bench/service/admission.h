/* contract: a built backend started, held to the contract, and stopped. */
#ifndef TWOFOLD_BENCH_SERVICE_ADMISSION_H
#define TWOFOLD_BENCH_SERVICE_ADMISSION_H

#include "base/core_set.h"
#include "base/error.h"
#include "bench/dependency/dependencies.h"
#include "contract/verify/verify.h"
#include "plan/manifest/manifest.h"

#include <stdatomic.h>

struct admission_options {
    const struct manifest *manifest; /* built */
    const struct core_set *cores;    /* that the service may use */
    uint64_t seed;
    uint64_t idle_ns;                  /* also leave a connection idle for so long; 0: do not */
    struct dependencies *dependencies; /* that the service gets; may hold none */
    const atomic_bool *stop;
};

/* Fails when it cannot be started or when stopped; what it answers is in the result, which the caller releases. */
int admission_check(const struct admission_options *options, struct verify_result *ret_result, struct error *err);

#endif
