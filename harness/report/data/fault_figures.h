/* fault_figures: what the faults of a scenario cost the other requests, as figures for programs; json.h describes them.
 */
#ifndef TWOFOLD_REPORT_DATA_FAULT_FIGURES_H
#define TWOFOLD_REPORT_DATA_FAULT_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* An array of the levels of the service, empty where the scenario has no faults; a new reference. */
json_t *fault_figures(const struct findings *findings, const struct backend_finding *backend);

#endif
