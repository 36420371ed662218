/* reliability_figures: what went wrong with a service beside the load, as figures: failed trials, deaths, audit gaps.
 */
#ifndef TWOFOLD_REPORT_DATA_BACKEND_RELIABILITY_FIGURES_H
#define TWOFOLD_REPORT_DATA_BACKEND_RELIABILITY_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* Add the keys `trials_failed` to `audit_gaps` (report/data/json.h) to the object of the service. */
void reliability_figures_add(json_t *object, const struct findings *findings, const struct backend_finding *backend);

#endif
