/* ranking: which services broke first and which held longest, as far as the steps tell them apart: equal steps, and
 * trials that overlap, do not. */
#ifndef TWOFOLD_REPORT_WORDS_RANKING_H
#define TWOFOLD_REPORT_WORDS_RANKING_H

#include "analysis/finding.h"

#include <stdbool.h>
#include <stddef.h>

/* Some of the services, in the order of the findings, which own them. `members` is the caller's to free. */
struct group {
    const struct backend_finding **members;
    size_t count;
};

void group_add(struct group *group, const struct backend_finding *backend);

/* Some step of it says something. */
bool ranking_judged(const struct backend_finding *backend);

/* Several trials tell two services apart only where their ranges do not touch, and a search only where what lies
 * between hold and break does not; one trial only where a whole doubling lies between them, as for analysis/winner.h.
 */
bool ranking_overlap(const struct backend_finding *a, const struct backend_finding *b);

/* The service with the lowest break, and the one with the highest load held; NULL: none broke, none held. */
const struct backend_finding *ranking_first(const struct findings *findings);
const struct backend_finding *ranking_longest(const struct findings *findings);

/* Those that are not told apart from `first`, or from `longest`; with themselves. Nobody for NULL. */
struct group ranking_break_with(const struct findings *findings, const struct backend_finding *first);
struct group ranking_hold_with(const struct findings *findings, const struct backend_finding *longest);

/* All that held some step. */
struct group ranking_hold(const struct findings *findings);

/* Whether the service was seen to hold more than every one of the group. */
bool ranking_outlasts(const struct backend_finding *backend, const struct group *group);

#endif
