/* recurrence: a limit that bad moments break again and again, at loads of which a higher one held.
 *
 * A service that stops for 200 ms every two seconds breaks some steps and not others, whatever their load. Where a
 * higher load holds, each such break taken by itself is a stall. Taken together they may show that the limit is not
 * kept: when the load does not bring the bad moments about, the runs of several loads are one sample of the same thing.
 * The share of the time in which requests violate the limit, over all runs from some load up to the cut (levels.h), is
 * then tested as that of one step is. Where its 95 % interval lies above what is allowed, the limit breaks at that load
 * already. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_RECURRENCE_H
#define TWOFOLD_ANALYSIS_CAPACITY_RECURRENCE_H

#include "analysis/capacity/levels.h"

#include <stddef.h>

/* Lowers the cut between the levels of one limit (levels_of_limit) to below the lowest load from which on it is broken
 * again and again. Leaves it where there is none. */
void recurrence_lower(const struct level *levels, size_t count, struct level_cut *cut);

/* The cut between the levels of all limits (levels_of_all), lowered likewise by each limit on requests. */
void recurrence_cut(const struct judged_step *steps, size_t step_count, const struct level *levels, size_t count,
                    struct level_cut *ret_cut);

#endif
