/* exhaustion: between which loads a resource was used up in one trial.
 *
 * Whether it was need not be monotone in the load: chance exhausts it for a moment, and a broken step may use less than
 * the load asks for. The cut between the loads at which it was not used up and those at which it was is where it
 * contradicts the fewest steps: one that exhausted the resource at or below it, or one that held above it and did not.
 * Of several such cuts it is the highest. */
#ifndef TWOFOLD_ANALYSIS_RESOURCE_EXHAUSTION_H
#define TWOFOLD_ANALYSIS_RESOURCE_EXHAUSTION_H

#include "analysis/resource/projection.h"

#include <stdbool.h>
#include <stddef.h>

/* What one step showed of the resource. */
struct resource_point {
    unsigned trial;
    double load;
    double used; /* NAN: not known as an amount */
    double most;
    bool exhausted;
    bool held;  /* no limit of the scenario broke */
    bool whole; /* the service lived to its end: otherwise it says nothing that the resource was not used up */
};

struct exhaustion {
    double low;  /* the highest load below `high` at which the resource was not used up; 0: there is none */
    double high; /* the lowest load at which it was */
    double at; /* where the projection says, kept between the two. Without one: where the straight line from the use at
                * one to the use at the other passes what there is, or else `high`, where it was seen */
};

/* Over the steps of one trial, in any order. Returns false, and leaves *ret_found untouched, where the resource was not
 * used up. */
bool exhaustion_find(const struct resource_point *points, size_t count, const struct projection *projection,
                     struct exhaustion *ret_found);

#endif
