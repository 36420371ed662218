/* dependency_usage: how much of the time of a service's requests passed inside a dependency, by what the dependency
 * says of itself: an upstream service counts its calls, a database its sessions. This shows where the requests were. It
 * does not show whose fault it was. */
#ifndef TWOFOLD_ANALYSIS_USAGE_DEPENDENCY_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_DEPENDENCY_USAGE_H

#include "record/run_log.h"

#include <stdbool.h>

/* Over the measured part. */
struct dependency_usage {
    const char *name; /* borrowed from the record; NULL: no dependency reported anything */

    /* Mean number of requests inside the dependency divided by the mean number inside the service, which includes the
     * former: by Little's law the share of the requests' time that was spent in the dependency. At most 1. For a
     * database the active sessions are counted instead of requests. */
    double time_share;
    double call_ns;         /* upstream only: mean time per call answered; 0: it answered none */
    double calls_in_flight; /* upstream only: mean */

    /* Database only: means over the readings. */
    double sessions, sessions_active, sessions_idle_open;
    double sessions_on_locks, sessions_on_inner, sessions_on_disk; /* of the active ones: what they wait for */
};

/* The dependency in which the largest share of the time was spent. Returns false, and leaves *ret_usage untouched,
 * where no dependency reported anything. */
bool dependency_usage_find(const struct step_record *step, struct dependency_usage *ret_usage);

#endif
