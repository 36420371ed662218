/* limit_bracket: between which loads one trial saw a limit break, and its estimate of the load at which the limit is
 * just kept: the limit's own capacity. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_LIMIT_BRACKET_H
#define TWOFOLD_ANALYSIS_CAPACITY_LIMIT_BRACKET_H

#include "analysis/capacity/levels.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct limit_bracket {
    bool judged;         /* a valid step says something of the limit */
    enum limit limit;    /* which it is, */
    const char *request; /* and of which request, as in struct breach */
    uint64_t holds_at;   /* the highest load, at or below the cut (levels.h), that was seen to hold; 0: none */
    uint64_t breaks_at;  /* the lowest load above the cut that was seen to break; UINT64_MAX: none */
    bool confirmed;      /* the break was seen twice, or is beyond doubt */

    /* The 95 % interval of the capacity: the limit is known to hold at `low` and to break at `high`. 0 and INFINITY
     * where nothing was seen to hold or to break. */
    double low, high;

    /* The estimate, between the two: where the share of requests that violate the limit reaches what is allowed, by a
     * straight line of the logarithm of its odds over the logarithm of the load, through the two neighbouring levels
     * that lie on either side. For memory, where the bytes reach the limit. For a limit that has no such figure, the
     * geometric mean of the two. NAN where the interval is open or more than half as wide as a doubling: then only the
     * interval is known. */
    double estimate;
};

/* Over the steps of one trial, in any order. `place` is that of the limit (LIMIT_PLACES). */
void limit_bracket_find(const struct judged_step *steps, size_t count, size_t place, struct limit_bracket *ret_bracket);

#endif
