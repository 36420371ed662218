/* verifier: the program that a backend's manifest names under "verify": it asks the running service what it likes, and
 * its exit status says whether that is right. */
#ifndef TWOFOLD_BENCH_SERVICE_VERIFIER_H
#define TWOFOLD_BENCH_SERVICE_VERIFIER_H

#include "base/error.h"
#include "plan/manifest/manifest.h"

#include <stdatomic.h>

struct verifier_options {
    const struct manifest *manifest; /* with a `verify` */
    char *const *variables;          /* what the service was given (instance_variables), which the program gets, too */
    const atomic_bool *stop;
};

/* Runs it in the backend's folder, 4 min at most. *ret_fault, on the heap, says how it ended and quotes its last
 * output; it is NULL where it exited with 0. Fails only with ERROR_STOPPED. */
int verifier_run(const struct verifier_options *options, char **ret_fault, struct error *err);

#endif
