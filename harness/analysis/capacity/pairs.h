/* pairs: two services of one run beside each other. The trial is the unit: figures of the same block of trials, which were
 * run one after the other under the same schedule, are compared by their ratio. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H
#define TWOFOLD_ANALYSIS_CAPACITY_PAIRS_H

#include "stats/signed_rank.h"

#include <stddef.h>

struct findings;
struct backend_finding;

enum pair_figure {
    PAIR_CAPACITY, /* the highest level held */
    PAIR_CPU,      /* of a request, at the common level */
    PAIR_P99,      /* of response time there */
    PAIR_FIGURES,
};

const char *pair_figure_name(enum pair_figure figure); /* "capacity", "cpu", "p99" */

/* `first` to `second`: paired.estimate, low and high are logarithms of the ratio. */
struct pairs {
    const struct backend_finding *first, *second;
    enum pair_figure figure;
    struct signed_rank signed_rank;
};

/* All pairs of services, in the order of the findings, that share a trial in which both have the figure. The caller frees
 * the array. */
struct pairs *pairs_find(const struct findings *findings, size_t *ret_count);

#endif
