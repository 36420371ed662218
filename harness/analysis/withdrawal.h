/* withdrawal: takes back what was found of a service whose responses say that it was not measured at all. */
#ifndef TWOFOLD_ANALYSIS_WITHDRAWAL_H
#define TWOFOLD_ANALYSIS_WITHDRAWAL_H

#include "analysis/finding.h"

/* Fill in `distrusted`, `wrong_from_start` and `nothing_right` of a service that is otherwise complete, and empty what
 * struct backend_finding says is empty then. */
void withdrawal_find(const struct findings *findings, struct backend_finding *backend);

#endif
