/* backlog: what a accept queue that overflowed says of a broken step. It overflows where a service accepts too little, and
 * as well, a few times, where it has no time left to accept: then it is a sign of what took the time. */
#ifndef TWOFOLD_ANALYSIS_CAUSE_BACKLOG_H
#define TWOFOLD_ANALYSIS_CAUSE_BACKLOG_H

#include "analysis/cause/symptoms.h"

#include <stdbool.h>

/* Overflows are counted for all programs of the machine: this one's queue must have been seen filled. */
bool backlog_full(const struct symptoms *symptoms);

/* It was full, and so often that it may be what the late and the failed requests waited for. */
bool backlog_in_proportion(const struct symptoms *symptoms);

/* It was full, and the service nearly so: it came too late to accept. */
bool backlog_of_busy_service(const struct symptoms *symptoms);

#endif
