/* json_run: where a run was made, as JSON (report/json.h says what each key means). */
#ifndef TWOFOLD_REPORT_DATA_JSON_RUN_H
#define TWOFOLD_REPORT_DATA_JSON_RUN_H

#include "analysis/finding.h"

#include <jansson.h>

/* Each gives a new reference. */
json_t *json_run_machine(const struct machine *machine);
json_t *json_run_cores(const struct findings *findings);
json_t *json_run_calibration(const struct calibration *done); /* null where it was not done */

#endif
