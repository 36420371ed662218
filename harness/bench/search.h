/* search: the load that a search runs next, between the highest load that held and the lowest above it that broke. */
#ifndef TWOFOLD_BENCH_SEARCH_H
#define TWOFOLD_BENCH_SEARCH_H

#include "analysis/capacity/levels.h"

#include <stddef.h>
#include <stdint.h>

/* The middle (geometric mean) of the widest gap between two neighbouring levels from cut->held to cut->broke, both of
 * which exist. 0: no gap is wider than `width`, which is 0.1 for 10 %, or no whole number lies within it. */
uint64_t search_middle(const struct level *levels, const struct level_cut *cut, double width);

/* Where nothing was seen to hold below the break: the highest level below it that has not decided and is not above a
 * limit, to be run once more. 0: there is none, or it was tried `tries_most` times. */
uint64_t search_foothold(const struct level *levels, const struct level_cut *cut, unsigned tries_most);

/* The level to run once more: of those between the two that have not decided the one that was run least; if there is
 * none, the break, where only one run has seen it. Levels that were tried `tries_most` times are left out. 0: none. */
uint64_t search_again(const struct level *levels, const struct level_cut *cut, unsigned tries_most);

#endif
