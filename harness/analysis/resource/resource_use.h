/* resource_use: how much of a resource one step used, how much of it there was, and whether it was used up. */
#ifndef TWOFOLD_ANALYSIS_RESOURCE_RESOURCE_USE_H
#define TWOFOLD_ANALYSIS_RESOURCE_RESOURCE_USE_H

#include "analysis/finding.h"
#include "analysis/resource/resource.h"

#include <stdbool.h>

/* Amounts are in the unit of struct resource_finding. */
struct resource_use {
    bool known;     /* its use was read, and the service has such a resource */
    bool exhausted; /* it was used up */
    double used;    /* NAN: not as an amount */
    double most;    /* at which it counts as used up: of CPU and of what is counted like it HOST_USAGE_SATURATED of all;
                     * NAN: not known */
};

/* `step` is one of the findings' own and valid. In a scenario with spikes CPU and thread are those of the time in which
 * traffic was raised. Memory and file descriptors the service may keep after a load: that is for the caller to mind. */
void resource_use_find(const struct findings *findings, const struct step_finding *step, enum resource resource,
                       struct resource_use *ret_use);

/* Whether the service keeps what it took when the load falls, for a while or for ever. */
bool resource_use_lasts(enum resource resource);

#endif
