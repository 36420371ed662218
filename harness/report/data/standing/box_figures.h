/* box_figures: what a larger box buys, as figures for programs; json.h describes them. */
#ifndef TWOFOLD_REPORT_DATA_STANDING_BOX_FIGURES_H
#define TWOFOLD_REPORT_DATA_STANDING_BOX_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* An array, empty where no service ran in several boxes; a new reference. */
json_t *box_figures(const struct findings *findings);

#endif
