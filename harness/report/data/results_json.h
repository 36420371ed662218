/* results_json: one run as the page of all runs shows it: where it was made, and a few figures of each service. null
 * stands for what is not known.
 *
 *   file, report (the page of the run, beside this one), scenario, why, started, complete, profile, trials, doubling
 *   (rate | connections | open_connections | slow_connections | sessions | subscribers | value), machine {}, cores {},
 *   calibration {} (report/data/json.h)
 *   backends[]
 *     name, language, framework, class
 *     absent                   why there are no figures; null: there are
 *     holds, breaks_at         its capacity and its lowest break, in words
 *     broke                    the limits that broke, in order, in words; cause: what was behind it, in words
 *     capacity_level, capacity_rps, cpu_ns_per_request, rss_peak_bytes, p99_ns
 *                              at the capacity
 *     relative_share           capacity_rps as a share of the throughput of the run's reference service */
#ifndef TWOFOLD_REPORT_DATA_RESULTS_JSON_H
#define TWOFOLD_REPORT_DATA_RESULTS_JSON_H

#include "analysis/finding.h"

#include <jansson.h>

/* A new reference. `file` is the name of the run log, `page` that of the run's own page. */
json_t *results_json_run(const struct findings *findings, const char *file, const char *page);

#endif
