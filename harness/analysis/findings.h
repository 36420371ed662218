/* findings: computes everything that can be said about a run (analysis/finding.h) from its run log under given limits.
 */
#ifndef TWOFOLD_ANALYSIS_FINDINGS_H
#define TWOFOLD_ANALYSIS_FINDINGS_H

#include "analysis/finding.h"
#include "base/error.h"

/* `limit_changes` is a NULL-terminated list such as {"p99=100ms", NULL}; NULL for none. */
int findings_make(struct findings *findings, const struct run_log *log, const char *const *limit_changes,
                  struct error *err);
/* The last part of that: what follows from the backends beside each other. Only where the rest was made by hand. */
void findings_compare(struct findings *findings);

void findings_release(struct findings *findings);

#endif
