/* ranking: which services of a run hold more than which others. Everything that says so asks ranking_above: the
 * conclusion, the pairs, the overview of many runs, the order of services in a comparison, JSON and the page.
 *
 * Rule. A trial tells that a service holds at least its last good level and less than its lowest break. `a` is above
 * `b` when the median trial of `a` holds more than that of `b`, that trial of `b` broke, and one of these is true.
 *
 * The test: over the blocks (trials of one number, in which both services were judged) the ratios of what both held
 * differ from 1 beyond chance (stats/paired_t.h), with a p value that is adjusted for all rows of the run's pairs
 * (analysis/capacity/pairs.h). Every block must give a ratio: both held something, and the one that held less broke, so
 * that it is known to hold less. What the levels leave open between a pass and a break counts as spread.
 *
 * A doubling apart: the least that `a` held in any of its trials is at least twice the highest level that broke `b` in
 * any, and `b` broke in every one. That needs no test, and it is all that a single trial can show: chance and a bad
 * moment move a capacity by a level, but not across a whole doubling that lies between.
 *
 * The relation has no cycles, since who is above holds more in the median. It is not transitive the other way round:
 * when `a` is not told apart from `b`, nor `b` from `c`, `c` may still be above `a`. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_RANKING_H
#define TWOFOLD_ANALYSIS_CAPACITY_RANKING_H

#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether `a` is seen to hold more than `b`, two services of one run. False as well when either was not judged. */
bool ranking_above(const struct backend_finding *a, const struct backend_finding *b);

/* Decides that for all services of the run, once its pairs have their adjusted p values. */
void ranking_decide(struct findings *findings);

/* Whether the two were judged and neither is above the other. */
bool ranking_alike(const struct backend_finding *a, const struct backend_finding *b);

/* The blocks of two services that give a ratio: puts the logarithms of what `a` held to what `b` held into
 * `ret_ratios`, which has room for a->capacity_count of them, and returns how many there are. *ret_whole: no block is
 * without one. */
size_t ranking_ratios(const struct backend_finding *a, const struct backend_finding *b, double *ret_ratios,
                      bool *ret_whole);

/* The standard deviation that the distance of the levels alone gives these ratios. */
double ranking_grain(const struct backend_finding *a, const struct backend_finding *b);

/* Some services of a run in the order of its findings, which own them. */
struct ranking_group {
    const struct backend_finding **members;
    size_t count;
};

void ranking_group_add(struct ranking_group *group, const struct backend_finding *backend);
bool ranking_group_has(const struct ranking_group *group, const struct backend_finding *backend);
void ranking_group_release(struct ranking_group *group);

/* The services of a run by who is above whom. */
struct ranking {
    struct ranking_group judged; /* all of which something is known */

    /* The services that break first: those that broke and are above no other; where any service is above another, only
     * those that one is above. None of them is above another of them. A service of `open_low` is not one of them. */
    struct ranking_group first;
    uint64_t lowest_break; /* the lowest level that broke one of them; UINT64_MAX: there are none */

    /* The services that hold longest: those that are above another, and that no other is above. Empty where no service
     * is above another. A service is not one of them when it was seen to hold less than another of them, and no valid
     * step within a doubling of that says that it does not hold as much. */
    struct ranking_group longest;

    /* The services that may break as early as the first ones: no valid step says that they hold lowest_break, none that
     * they do not. */
    struct ranking_group open_low;

    const struct backend_finding *leader; /* it is above every other that took part; NULL: none is, or it is alone */
};

void ranking_find(const struct findings *findings, struct ranking *ret_ranking);
void ranking_release(struct ranking *ranking);

/* Whether the service is above no other, and no other above it. */
bool ranking_alone(const struct ranking *ranking, const struct backend_finding *backend);

#endif
