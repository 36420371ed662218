/* saturation: what was used up on the service's host in a broken step: its cores, one thread, a CPU quota, or the cores
 * by somebody else's work. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_SATURATION_H
#define TWOFOLD_ANALYSIS_CAUSE_SATURATION_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Over the step, around the break, or in the spike that broke it. */
bool saturation_of_cores(const struct symptoms *symptoms);
bool saturation_of_thread(const struct symptoms *symptoms);

/* Not quite, and yet too busy to accept what came: the accept queue overflowed. */
bool saturation_near_of_cores(const struct symptoms *symptoms);
bool saturation_near_of_thread(const struct symptoms *symptoms);

/* Whether the service's cores are busy by anyone, or taken by the hypervisor, to HOST_USAGE_SATURATED: then there was
 * no CPU to spare. */
bool saturation_by_anyone(const struct symptoms *symptoms);

/* The same, and others than the service, its dependencies, the generator and the kernel's reception of packets had a
 * good part of them. */
bool saturation_beside_others(const struct symptoms *symptoms);

/* The same, and it was their doing: they had at least as much as the service, or so much that the service cannot have
 * saturated its cores, and its threads had to wait for a core; or their work grew with the load, as that of a helper
 * does which the service started and let go. Others whose work does neither happen to be there. */
bool saturation_by_others(const struct symptoms *symptoms);

/* A CPU quota stopped the service. Where its control group was not read: nearly all the time its threads waited for a
 * core for most of the time in which they could have run, while cores that the service may use were idle. Only a quota,
 * or an affinity to fewer cores, does that; after a pause, threads wait so for a moment. */
bool saturation_of_quota(const struct symptoms *symptoms);

/* CPU went into something else than requests: all descriptors were open, and each response took at least twice the CPU
 * that it took at half the load. A service that has no descriptor left and tries to accept all the same does that. */
bool saturation_of_descriptors(const struct symptoms *symptoms);

#endif
