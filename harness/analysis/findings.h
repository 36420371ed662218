/* findings: finds everything that is said about a run (analysis/finding.h) in its run log, under given limits. */
#ifndef TWOFOLD_ANALYSIS_FINDINGS_H
#define TWOFOLD_ANALYSIS_FINDINGS_H

#include "analysis/finding.h"
#include "base/error.h"

/* Fills `findings`; release with findings_release. They borrow from `log`. `limit_changes` replaces limits of the
 * scenario: a NULL-terminated list such as {"p99=100ms", NULL}, or NULL. Fails, and leaves `findings` untouched, when
 * the scenario in the log or a change cannot be read. */
int findings_make(struct findings *findings, const struct run_log *log, const char *const *limit_changes,
                  struct error *err);

/* Fills what follows from the services beside each other: the common level, their efficiency and their pairs.
 * findings_make does so; tests that build findings by hand call it. */
void findings_compare(struct findings *findings);

void findings_release(struct findings *findings);

#endif
