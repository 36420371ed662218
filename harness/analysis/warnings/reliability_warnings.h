/* reliability_warnings: warnings of what a service, or the harness, failed to do beside the load. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_RELIABILITY_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_RELIABILITY_WARNINGS_H

#include "analysis/finding.h"

/* Warns of a service without a valid step, of trials without all of their steps, of responses that were not held
 * against the dependencies, and of dependencies that were mended. */
void reliability_warnings_find(struct findings *findings, const struct backend_finding *backend);

#endif
