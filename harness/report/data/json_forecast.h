/* json_forecast: forecasts, and the recovery, of one service as JSON (report/json.h says what each key means). */
#ifndef TWOFOLD_REPORT_DATA_JSON_FORECAST_H
#define TWOFOLD_REPORT_DATA_JSON_FORECAST_H

#include "analysis/finding.h"

#include <jansson.h>

/* Each gives a new reference. */
json_t *json_forecast_forecast(const struct backend_finding *backend);
json_t *json_forecast_recovery(const struct backend_finding *backend);

#endif
