/* languages: what a run tells of languages, by the services that say in which one they are written. One implementation
 * is no language: nothing is told unless a language has services of two frameworks that a capacity is known of. Two
 * versions of one service, or one service in two boxes, are one framework.
 *
 * A service counts when it is made as people ship it (class production, or an older file without a class). A tuned one
 * says what can be done in a language, not what is usual: it is listed and not counted.
 *
 * Range. From the least to the most of the services' capacities. Of one that is only known to lie between two loads,
 * the lower counts for the least and the higher for the most. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_LANGUAGES_H
#define TWOFOLD_ANALYSIS_CAPACITY_LANGUAGES_H

#include "analysis/finding.h"

#include <stdbool.h>

/* Fills findings->languages, each language in each box: the one whose best service holds most first, those without a
 * range last, then by name. The pairs of the findings are there. */
void languages_find(struct findings *findings);
void languages_release(struct findings *findings);

/* Whether the two may be held against each other: both have two frameworks or more, in the same box. */
bool languages_comparable(const struct language_finding *a, const struct language_finding *b);

/* Of two comparable ones: whether each service of `a` is seen to hold more than each of `b`
 * (analysis/capacity/ranking.h) and their ranges do not overlap. Where neither is above the other, they are not told
 * apart. */
bool languages_above(const struct language_finding *a, const struct language_finding *b);

#endif
