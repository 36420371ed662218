/* json_standing: a service's scores, and each two services beside each other, as JSON. */
#ifndef TWOFOLD_REPORT_DATA_JSON_STANDING_H
#define TWOFOLD_REPORT_DATA_JSON_STANDING_H

#include "analysis/finding.h"

#include <jansson.h>

/* {"critical_capacity_level", "capacity_levels_by_p99": {"10ms": …}, "doublings", "cpu_ns_per_request",
 * "good_rps_per_core", "good_rps_per_100mb"}: null where the run does not tell. */
json_t *json_standing_scores(const struct backend_finding *backend);

/* [{"first", "second", "figure", "ratio", "low", "high", "confidence", "trials", "difference"}]: ratio of first to
 * second; low and high are null where there is no interval; difference is "seen", "not seen" or "too few trials". */
json_t *json_standing_rivals(const struct findings *findings);

#endif
