/* leak: whether the memory that a service holds rises as a long step under a steady load goes on, and whether that goes
 * on. In a short step everything still warms up: there memory_growth judges. */
#ifndef TWOFOLD_ANALYSIS_AFTER_LEAK_H
#define TWOFOLD_ANALYSIS_AFTER_LEAK_H

#include "record/run_log.h"
#include "stats/trend.h"

#include <stdbool.h>
#include <stdint.h>

struct leak {
    bool known;                      /* memory was read in at least two intervals */
    uint64_t start_bytes, end_bytes; /* mean over the first interval, and over the last in which the service lived */
    struct trend bytes_per_s;        /* over the means of the intervals */
    bool rises;                      /* the confidence interval of the trend is above 0 */

    /* It rises, but more slowly in the second half of the intervals than in the first, and that half shows no rise; or
     * that half levels off in turn. */
    bool levels_off;
    double limit_after_s; /* from the end of the step until `limit_bytes` is reached, where memory rises and does not
                             level off; 0: it does not, or there is no limit to reach */
};

/* Memory is the resident memory of all processes, with shared pages counted once (analysis/usage/memory_usage.h).
 * `limit_bytes` 0: no limit. */
void leak_find(const struct step_record *step, uint64_t limit_bytes, struct leak *ret_leak);

#endif
