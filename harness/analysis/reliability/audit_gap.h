/* audit_gap: the trials whose responses were not held against what the dependencies hold, although the scenario needs
 * dependencies. Whether such responses add up is not known, which is not the same as that they do. */
#ifndef TWOFOLD_ANALYSIS_RELIABILITY_AUDIT_GAP_H
#define TWOFOLD_ANALYSIS_RELIABILITY_AUDIT_GAP_H

#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stddef.h>

struct audit_gap {
    unsigned trial;
    const char *why; /* borrowed from the run log; NULL: the run log does not say */
};

/* Those of the service among its trials that came to their end with steps. Returns their number; the caller frees the
 * array. */
size_t audit_gaps_find(const struct run_log *log, const struct needs *needs, const char *backend,
                       struct audit_gap **ret_gaps);

#endif
