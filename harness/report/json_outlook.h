/* json_outlook: forecasts, and the recovery, of one service as JSON (report/json.h says what each key means). */
#ifndef TWOFOLD_REPORT_JSON_OUTLOOK_H
#define TWOFOLD_REPORT_JSON_OUTLOOK_H

#include "analysis/findings.h"

#include <jansson.h>

/* Each gives a new reference. */
json_t *json_outlook_forecast(const struct backend_finding *backend);
json_t *json_outlook_recovery(const struct backend_finding *backend);

#endif
