/* change: the figures of a service in the runs of a comparison, and how far they are from those of the first run. */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_CHANGE_H
#define TWOFOLD_ANALYSIS_COMPARISON_CHANGE_H

#include "analysis/comparison/comparison.h"

/* Fills the figures of every side of the service; its sides and its common level are known. */
void change_find_all(const struct comparison *comparison, struct compared_backend *backend);

#endif
