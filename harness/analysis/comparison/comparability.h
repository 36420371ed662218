/* likeness: what two runs must have in common before their figures may stand beside each other: what was asked of the
 * services, how, and with what. A machine, a version and the number of trials may differ: they are what is compared. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_COMPARABILITY_H
#define TWOFOLD_ANALYSIS_COMPARISON_COMPARABILITY_H

#include "analysis/finding.h"

#include <stddef.h>

/* One thing that is not the same. */
struct setup_difference {
    const char *key; /* static: "scenario", "deadline", "connections", "workers", … */
    size_t run;      /* which of the runs differs from the first one */
    char *here;      /* what that one says, in words */
    char *first;     /* what the first one says */
};

/* What in runs[1 …] differs from runs[0], in order of the runs; within a run what says most first. The list is the
 * caller's to release. */
void comparability_find(const struct findings *const *runs, size_t count, struct setup_difference **ret_list,
                        size_t *ret_count);
void comparability_release(struct setup_difference *list, size_t count);

#endif
