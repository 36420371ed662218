/* language_figures: what a run tells of languages, as figures for programs; report/data/json.h describes them. */
#ifndef TWOFOLD_REPORT_DATA_STANDING_LANGUAGE_FIGURES_H
#define TWOFOLD_REPORT_DATA_STANDING_LANGUAGE_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* An array, empty where no language has services of two frameworks; a new reference. */
json_t *language_figures(const struct findings *findings);

#endif
