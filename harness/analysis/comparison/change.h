/* change: what is compared of a service, one number a trial, and how far it is from the first run's
 * (analysis/comparison.h). */
#ifndef TWOFOLD_ANALYSIS_COMPARISON_CHANGE_H
#define TWOFOLD_ANALYSIS_COMPARISON_CHANGE_H

#include "analysis/comparison/comparison.h"

/* Fill the figures of every side of the backend, whose common level is found. */
void change_find_all(const struct comparison *comparison, struct compared_backend *backend);

#endif
