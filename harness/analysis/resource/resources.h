/* resources: what runs out first. For each resource of a service the load at which it is used up: measured where a step
 * used it up, projected from the steps that did not break where none did.
 *
 * Over the trials: measured is what was used up in at least half of those that read it. The load is then the median of
 * the trials' loads, and its interval reaches from the median of the highest loads at which it was not used up to the
 * median of the lowest at which it was, further where the trials differ by more (the interval of their median,
 * stats/sample.h). A projection takes the steps of all trials together. */
#ifndef TWOFOLD_ANALYSIS_RESOURCE_RESOURCES_H
#define TWOFOLD_ANALYSIS_RESOURCE_RESOURCES_H

#include "analysis/finding.h"

/* Fills finding->resources: what is used up at the lowest load first, then what is not used up, then what is not known.
 * A resource that the service does not have is left out: a quota, a pool, a dependency, one thread among several cores.
 * `finding` is one of the findings' own, with its steps. Release with resources_release. */
void resources_find(const struct findings *findings, struct backend_finding *finding);
void resources_release(struct backend_finding *finding);

/* The resource that is used up at the lowest load, measured or projected; NULL: there is none. */
const struct resource_finding *resource_first(const struct backend_finding *finding);

#endif
