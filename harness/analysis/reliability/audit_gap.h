/* audit_gap: the trials whose responses were not all held against what the dependencies hold, although the scenario
 * needs dependencies. Whether such responses add up is not known, which is not the same as that they do. */
#ifndef TWOFOLD_ANALYSIS_RELIABILITY_AUDIT_GAP_H
#define TWOFOLD_ANALYSIS_RELIABILITY_AUDIT_GAP_H

#include "plan/scenario/scenario.h"
#include "record/run_log.h"

#include <stddef.h>

struct audit_gap {
    unsigned trial;
    char *why; /* owned; NULL: the run log does not say */
};

/* Those of the service among its trials with steps: they have no audit, a part of it was not counted, or it covers only
 * the responses after a dependency was mended, where the counts began anew. Returns their number. Release with
 * audit_gaps_free. */
size_t audit_gaps_find(const struct run_log *log, const struct needs *needs, const char *backend,
                       struct audit_gap **ret_gaps);
void audit_gaps_free(struct audit_gap *gaps, size_t count);

#endif
