/* run_figures: where and how a run was made, as every document that names a run says it. json.h says what each key
 * means. */
#ifndef TWOFOLD_REPORT_DATA_RUN_FIGURES_H
#define TWOFOLD_REPORT_DATA_RUN_FIGURES_H

#include "analysis/finding.h"

#include <jansson.h>

/* Add "calibrations" and "calibration_spread": what the reference service did before each block of trials. */
void run_figures_add_blocks(json_t *object, const struct findings *findings);

/* Add "machine", "cores" and "calibration" to the object. */
void run_figures_add_place(json_t *object, const struct findings *findings);

#endif
