/* open_metrics: what a run found as OpenMetrics text, for a Prometheus push gateway or a node exporter's folder of text
 * files. Every metric is a gauge with the labels `scenario` and `service`; what is not known has no sample.
 *
 *   twofold_run_info                       1, with started, profile, trials and harness_version; no service
 *   twofold_valid                          1: the measurement is valid; 0: it is not; no service
 *   twofold_capacity                       the load that the service holds, in what doubles (label unit); only where it
 *                                          is estimated
 *   twofold_capacity_low, …_high           its 95 % interval, or the loads that it lies between; no …_high where
 * nothing broke twofold_limit_capacity_low, …_high     the same of each limit (labels limit, order)
 *   twofold_first_break_info               1, with limit and cause of what broke first
 *   twofold_response_seconds               at the highest load held, with quantile 0.5 and 0.99
 *   twofold_resident_memory_bytes          at most, at that load
 *   twofold_cpu_seconds_per_request        at that load */
#ifndef TWOFOLD_REPORT_DATA_OPEN_METRICS_H
#define TWOFOLD_REPORT_DATA_OPEN_METRICS_H

#include "analysis/finding.h"
#include "base/text.h"

void open_metrics_write(const struct findings *findings, struct text *out);

#endif
