/* ranking_figures: who holds more than whom (analysis/capacity/ranking.h), as JSON; report/data/json.h describes it. */
#ifndef TWOFOLD_REPORT_DATA_STANDING_RANKING_FIGURES_H
#define TWOFOLD_REPORT_DATA_STANDING_RANKING_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* A new reference. */
json_t *ranking_figures(const struct findings *findings);

#endif
