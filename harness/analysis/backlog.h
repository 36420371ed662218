/* backlog: what a listen queue that overflowed says of a broken step. It overflows where a service accepts too little, and
 * as well, a few times, where it has no time left to accept: then it is a sign of what took the time. */
#ifndef TWOFOLD_ANALYSIS_BACKLOG_H
#define TWOFOLD_ANALYSIS_BACKLOG_H

#include "analysis/clues.h"

#include <stdbool.h>

/* Overflows are counted for all programs of the machine: this one's queue must have been seen filled. */
bool backlog_full(const struct clues *clues);

/* It was full, and so often that it may be what the late and the failed requests waited for. */
bool backlog_in_proportion(const struct clues *clues);

/* It was full, and the service nearly so: it came too late to accept. */
bool backlog_of_busy_service(const struct clues *clues);

#endif
