/* comparability: what must be the same in two runs before their figures may be compared: what was asked of the
 * services, how and with what. Machines, versions and the number of trials may differ; they are what is compared. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_COMPARABILITY_H
#define TWOFOLD_ANALYSIS_COMPARISON_COMPARABILITY_H

#include "analysis/finding.h"

#include <stddef.h>

/* One thing in which a run differs from the first one. */
struct setup_difference {
    const char *key; /* static: "scenario", "deadline", "connections", "workers", … */
    size_t run;      /* the index of the run */
    char *here;      /* what it says, in words; owned */
    char *first;     /* what the first run says; owned */
};

/* Lists in what runs[1], runs[2] and so on differ from runs[0], in the order of the runs, the most important difference
 * of a run first. Release the list with comparability_release. */
void comparability_find(const struct findings *const *runs, size_t count, struct setup_difference **ret_list,
                        size_t *ret_count);
void comparability_release(struct setup_difference *list, size_t count);

#endif
