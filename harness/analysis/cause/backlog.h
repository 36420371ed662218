/* backlog: what an overflow of the service's accept queue says of a broken step. The queue overflows where a service
 * accepts too slowly. It also overflows, a few times, where a service has no CPU time left to accept: then the overflow
 * is only a sign of what took the time. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_BACKLOG_H
#define TWOFOLD_ANALYSIS_CAUSE_BACKLOG_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Whether the queue overflowed. Overflows are counted for the whole machine, so this service's queue must have been
 * seen with connections in it, or there were as many overflows as late and failed requests. */
bool backlog_overflowed(const struct symptoms *symptoms);

/* Whether it overflowed so often that the late and the failed requests may have waited for it. */
bool backlog_in_proportion(const struct symptoms *symptoms);

/* Whether it overflowed while the service's CPU was nearly saturated, so that the service accepted too late. */
bool backlog_of_busy_service(const struct symptoms *symptoms);

#endif
