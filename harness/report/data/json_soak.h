/* json_soak: the steady load of one service as JSON (report/json.h says what each key means). */
#ifndef TWOFOLD_REPORT_DATA_JSON_SOAK_H
#define TWOFOLD_REPORT_DATA_JSON_SOAK_H

#include "analysis/finding.h"

#include <jansson.h>

/* A new reference; null where there was none. */
json_t *json_soak(const struct findings *findings, const struct backend_finding *backend);

#endif
