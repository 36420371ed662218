/* reliability: what went wrong with a service beside the load, and whether a run is complete enough to count. */
#ifndef TWOFOLD_ANALYSIS_RELIABILITY_H
#define TWOFOLD_ANALYSIS_RELIABILITY_H

#include "analysis/finding.h"

#include <stdbool.h>

/* Fills the trials that failed or ended early, the deaths, the audit gaps and the mended dependencies of `finding`,
 * whose record is there. Release with reliability_release. */
void reliability_find(const struct findings *findings, struct backend_finding *finding);
void reliability_release(struct backend_finding *finding);

/* Whether each service that was asked for has its result: none was left out but for a toolchain that is not installed,
 * every trial has its steps, one of them at least is valid, and responses are not all wrong, add up with the
 * dependencies, and were all held against them. */
bool reliability_valid(const struct findings *findings);

#endif
