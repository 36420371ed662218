/* at_dependency: how much of the time of a service's requests passed in what it depends on, by what that says of itself: the
 * upstream's calls, the database's sessions. It says where requests were, not whose fault it is. */
#ifndef TWOFOLD_ANALYSIS_USAGE_DEPENDENCY_USAGE_H
#define TWOFOLD_ANALYSIS_USAGE_DEPENDENCY_USAGE_H

#include "record/run_log.h"

#include <stdbool.h>

/* Over the measured part. */
struct dependency_usage {
    const char *name; /* of the record; NULL: none told anything */

    /* Requests that were in the dependency at a time against those that were in the service, itself included: by Little's
     * law the share of its requests' time that the dependency had. At most 1. A database is asked for by sessions:
     * those at work. */
    double time_share;
    double call_ns;         /* of an upstream: mean time in it of the calls that it answered; 0: it answered none */
    double calls_in_flight; /* mean */

    /* Of a database: means over the readings. */
    double sessions, sessions_active, sessions_idle_open;
    double sessions_on_locks, sessions_on_inner, sessions_on_disk; /* of the active ones */
};

/* Of all dependencies that told of themselves the one in which most of the time passed; false: there was none. */
bool dependency_usage_find(const struct step_record *step, struct dependency_usage *ret_load);

#endif
