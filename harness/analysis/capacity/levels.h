/* levels: the loads that one trial held, with what the runs of each say of a limit, or of all limits; and the cut
 * between the loads that hold and those that break.
 *
 * A level may be run more than once: an invalid run says nothing, a run that has not decided is repeated with other
 * arrivals, and a break is confirmed by a second run. What the runs say together: the more of them that hold or break
 * by themselves win; where they are as many, all their requests together are tested (analysis/verdict/limit_test.h).
 *
 * The cut. Which loads hold need not be monotone: a single bad moment breaks a step, and higher loads hold. The cut is
 * where it contradicts the fewest runs: a run that broke at or below it, or held above it. Of several such cuts it is
 * the highest one, so that one break which a higher load contradicts does not count. A crash is no such break: that the
 * process lived through a higher load does not undo that it died, so the cut lies below the lowest load at which it
 * did. */
#ifndef TWOFOLD_ANALYSIS_CAPACITY_LEVELS_H
#define TWOFOLD_ANALYSIS_CAPACITY_LEVELS_H

#include "analysis/verdict/verdict.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A load, and the verdict on a step that held it. Where a level has runs of a warm process, those of a cold one do not
 * count. */
struct judged_step {
    uint64_t level;
    bool warm;                          /* of the climb that was made again in the warm process, or after it */
    const struct step_verdict *verdict; /* borrowed */
};

/* Whether the step of this index counts: it was warm, or no warm one ran its level. */
bool levels_run_counts(const struct judged_step *steps, size_t count, size_t run);

#define LEVELS_NONE SIZE_MAX

struct level {
    uint64_t level;
    enum limit_state state; /* of all its valid runs together; NOT_JUDGED: there is no valid one */
    unsigned tries;         /* runs that count, of any verdict */
    unsigned runs;          /* valid ones, */
    unsigned holds, breaks; /* of which so many held or broke by themselves */
    bool confirmed;         /* of a break: two runs were above the limit, or one was beyond doubt */
    bool died;              /* of a crash and of all limits: in a run the process ended. The level then breaks */
    bool over;              /* all runs together are above the limit, by chance or not */
    size_t run_held;        /* the first run that held by itself, else the last valid one that did not break; */
    size_t run_broke;       /* the first run that broke by itself (of all limits: in which the process died, where it
                               did), else the last that was above the limit: indices of the steps; LEVELS_NONE: there is
                               none */
    struct limit_judgement judgement; /* of one limit: the runs together; empty for all limits */
};

/* The levels of the steps in ascending order, as one limit (by its place: LIMIT_PLACES), or all limits, see them.
 * `ret_levels` has room for `count`. Returns their number. */
size_t levels_of_limit(const struct judged_step *steps, size_t count, size_t place, struct level *ret_levels);
size_t levels_of_all(const struct judged_step *steps, size_t count, struct level *ret_levels);

struct level_cut {
    size_t held;       /* the highest level at or below the cut that holds; LEVELS_NONE: none does */
    size_t broke;      /* the lowest level above it that breaks; LEVELS_NONE: none does */
    bool contradicted; /* a level below `held` broke, or one above `broke` held */
};

void levels_cut(const struct level *levels, size_t count, struct level_cut *ret_cut);

#endif
