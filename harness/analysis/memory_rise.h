/* memory_rise: how much more memory a service holds as a step goes on, and whether that goes on. For long steps under a
 * steady load: in a short one everything still warms up. */
#ifndef TWOFOLD_ANALYSIS_MEMORY_RISE_H
#define TWOFOLD_ANALYSIS_MEMORY_RISE_H

#include "analysis/trend.h"
#include "record/run_log.h"

#include <stdbool.h>
#include <stdint.h>

struct memory_rise {
    bool known;                      /* memory was read in two windows at least */
    uint64_t start_bytes, end_bytes; /* held in the mean of the first window, and of the last one in which it lived */
    struct trend a_second;           /* bytes a second, over the means of the windows */
    bool rises;                      /* the interval is above 0 */
    bool
        levels_off; /* it rises, but in the second half of the windows by less than in the first, and no rise is left to be
                        seen in that half, or it levels off within that half */
    double
        limit_after_s; /* from the end of the step until it holds `limit_bytes`, where it rises and does not level off;
                             0: there is no limit to come to */
};

/* What is held is the resident memory of all its processes, shared pages once (held_memory.h). `limit_bytes` 0: no limit. */
void memory_rise_find(const struct step_record *step, uint64_t limit_bytes, struct memory_rise *ret_rise);

#endif
