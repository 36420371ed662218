/* fleet_warnings: what the generators of a fleet saw differently: the same service, in the same step, answered one of
 * them later than the others. The network between may be why, or its host. */
#ifndef TWOFOLD_ANALYSIS_WARNINGS_FLEET_WARNINGS_H
#define TWOFOLD_ANALYSIS_WARNINGS_FLEET_WARNINGS_H

#include "analysis/finding.h"

#include <stddef.h>

/* The one whose p99 differs the most from the median of the others', where that is over 20 % and each has a thousand
 * responses; NULL: none. *ret_others_ns is that median. */
const struct generator_load *fleet_odd_one(const struct generator_loads *loads, uint64_t *ret_others_ns);

/* For each service at most one: at the highest load that held, or else at its first break. */
void fleet_warnings_find(struct findings *findings);

#endif
