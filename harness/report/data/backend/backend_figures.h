/* backend_figures: the figures of one service, with its steps and its soak. json.h says what each key means. */
#ifndef TWOFOLD_REPORT_DATA_BACKEND_BACKEND_FIGURES_H
#define TWOFOLD_REPORT_DATA_BACKEND_BACKEND_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* Add the columns of report/data/csv.h that say what a cold start of the service costs. */
void backend_figures_add_cold_start(json_t *row, const struct backend_finding *backend);

/* A new reference. */
json_t *backend_figures(const struct findings *findings, const struct backend_finding *backend);

#endif
