/* generator_figures: the generators of a fleet, for programs and the page. */
#ifndef TWOFOLD_REPORT_DATA_GENERATOR_FIGURES_H
#define TWOFOLD_REPORT_DATA_GENERATOR_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* An array; NULL where one process sent all load. */
json_t *generator_figures(const struct findings *findings);

#endif
