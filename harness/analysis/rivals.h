/* rivals: two services of one run beside each other. The trial is the unit: figures of the same block of trials, which were
 * run one after the other under the same schedule, are compared by their ratio. */
#ifndef TWOFOLD_ANALYSIS_RIVALS_H
#define TWOFOLD_ANALYSIS_RIVALS_H

#include "analysis/paired.h"

#include <stddef.h>

struct findings;
struct backend_finding;

enum rival_figure {
    RIVAL_CAPACITY, /* the highest level held */
    RIVAL_CPU,      /* of a request, at the common level */
    RIVAL_P99,      /* of response time there */
    RIVAL_COUNT,
};

const char *rival_figure_name(enum rival_figure figure); /* "capacity", "cpu", "p99" */

/* `first` to `second`: paired.estimate, low and high are logarithms of the ratio. */
struct rivals {
    const struct backend_finding *first, *second;
    enum rival_figure figure;
    struct paired paired;
};

/* All pairs of services, in the order of the findings, that share a trial in which both have the figure. The caller frees
 * the array. */
struct rivals *rivals_find(const struct findings *findings, size_t *ret_count);

#endif
