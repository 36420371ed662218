/* step_causes: the causes of all broken steps of a service, each beside the other steps of its trial. */
#ifndef TWOFOLD_ANALYSIS_STEP_CAUSES_H
#define TWOFOLD_ANALYSIS_STEP_CAUSES_H

#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* Fills `cause` of each step that broke or is invalid, or that has not decided while a limit was violated. The steps
 * are judged, and in the order of their trials. `idle` is the service's memory before any load; `cores_shared`: the
 * generator ran on the service's cores. */
void step_causes_find(struct step_finding *steps, size_t count, const struct memory_reading *idle, bool cores_shared);

#endif
