/* change: the figures of the services in the runs of a comparison, and how far they are from those of the first run or
 * side; comparison.h says what may be claimed of them. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_CHANGE_H
#define TWOFOLD_ANALYSIS_COMPARISON_CHANGE_H

#include "analysis/comparison/comparison.h"

/* Fills the figures of every side of every service; the sides and the common levels are known. */
void change_find_all(struct comparison *comparison);

#endif
