/* leak: how much more memory a service holds as a step goes on, and whether that goes on. For long steps under a
 * steady load: in a short one everything still warms up. */
#ifndef TWOFOLD_ANALYSIS_AFTER_LEAK_H
#define TWOFOLD_ANALYSIS_AFTER_LEAK_H

#include "record/run_log.h"
#include "stats/trend.h"

#include <stdbool.h>
#include <stdint.h>

struct leak {
    bool known;                      /* memory was read in two intervals at least */
    uint64_t start_bytes, end_bytes; /* held in the mean of the first interval, and of the last one in which it lived */
    struct trend a_second;           /* bytes a second, over the means of the intervals */
    bool rises;                      /* the interval is above 0 */
    bool
        levels_off; /* it rises, but in the second half of the intervals by less than in the first, and no rise is left to be
                        seen in that half, or it levels off within that half */
    double
        limit_after_s; /* from the end of the step until it holds `limit_bytes`, where it rises and does not level off;
                             0: there is no limit to come to */
};

/* What is held is the resident memory of all its processes, shared pages once (memory_held.h). `limit_bytes` 0: no limit. */
void leak_find(const struct step_record *step, uint64_t limit_bytes, struct leak *ret_leak);

#endif
