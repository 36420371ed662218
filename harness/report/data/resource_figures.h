/* resource_figures: what runs out first, for json and the page: an array of objects as report/data/json.h describes
 * them. */
#ifndef TWOFOLD_REPORT_DATA_RESOURCE_FIGURES_H
#define TWOFOLD_REPORT_DATA_RESOURCE_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* A new reference. */
json_t *resource_figures(const struct findings *findings, const struct backend_finding *backend);

#endif
