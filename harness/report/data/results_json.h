/* results_json: one run as the page of all runs shows it: where it was made, and a few figures of each service.
 *
 *   file, report (the page of the run, beside this one), scenario, why, started, complete, profile, trials, machine {},
 *   cores {}, calibration {} (report/data/json.h), doubling ("rate", "connections", "value")
 *   backends[]
 *     name, language, framework, class, absent (why there are no figures, or null), holds, breaks_at, broke (limits, in
 *     order), cause: in words or null; capacity_level, capacity_rps, relative_share (of the reference service's
 *     throughput), cpu_ns_per_request, rss_peak_bytes, p99_ns (at the load that holds) */
#ifndef TWOFOLD_REPORT_DATA_RESULTS_JSON_H
#define TWOFOLD_REPORT_DATA_RESULTS_JSON_H

#include "analysis/finding.h"

#include <jansson.h>

/* A new reference. `page` is the name of the run's own page. */
json_t *results_json_run(const struct findings *findings, const char *file, const char *page);

#endif
