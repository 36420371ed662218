/* resource_figures: what runs out first, for json, csv and the page. */
#ifndef TWOFOLD_REPORT_DATA_RESOURCE_FIGURES_H
#define TWOFOLD_REPORT_DATA_RESOURCE_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* An array of objects, as report/data/json.h describes them; a new reference. */
json_t *resource_figures(const struct findings *findings, const struct backend_finding *backend);

/* Add the columns of report/data/csv.h that say what the service runs out of first. */
void resource_figures_add_first(json_t *object, const struct backend_finding *backend);

#endif
