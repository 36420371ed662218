/* builds: whether a service was one and the same build in the runs of a comparison, by the versions of its tools and
 * the hash of what it ships. A hash that a run does not have says nothing. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_BUILDS_H
#define TWOFOLD_ANALYSIS_COMPARISON_BUILDS_H

#include "analysis/comparison/comparison.h"

/* Fills `build_same` of the backend and `mixed` of its sides. */
void builds_find(const struct comparison *comparison, struct compared_backend *backend);

#endif
