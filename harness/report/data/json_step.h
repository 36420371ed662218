/* json_step: one step, and the limits that broke in it, as JSON (report/json.h says what each key means). */
#ifndef TWOFOLD_REPORT_DATA_JSON_STEP_H
#define TWOFOLD_REPORT_DATA_JSON_STEP_H

#include "analysis/finding.h"

#include <jansson.h>

/* Each gives a new reference. */
json_t *json_step(const struct findings *findings, const struct step_finding *step);
json_t *json_step_breaks(const struct findings *findings, const struct step_finding *step);
json_t *json_step_death(const struct death *death); /* null: it did not die */

#endif
