/* mending: where, among the steps of a service, a dependency was mended: it had failed, was made to work again, and the
 * service went on as a fresh process. */
#ifndef TWOFOLD_ANALYSIS_RELIABILITY_MENDING_H
#define TWOFOLD_ANALYSIS_RELIABILITY_MENDING_H

#include "analysis/verdict/dependency_faults.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct mending {
    unsigned trial;
    uint64_t level;                /* of the step before which it was mended */
    bool inside_trial;             /* the trial had a step already; false: it was mended before the first one */
    struct dependency_faults what; /* had gone wrong */
};

/* Those of the service: steps by trial, then recoveries, then soaks. Returns their number; the caller frees the array.
 */
size_t mendings_find(const struct run_log *log, const char *backend, struct mending **ret_mendings);

#endif
