/* comparison_json: a comparison for programs. The format is stable: keys are added, and none is renamed. Every key
 * carries its unit. null stands for what is not known.
 *
 *   schema             2
 *   comparable         false if --force was needed
 *   unlike[]           key, run, first, here: why the runs are not comparable
 *   unlike_text        the same in words, or null
 *   paired             the sides are services of one run, compared block by block
 *   runs[]             label ("A"), file, runs (of the side), service (that the side is about, or null: all), started,
 *                      complete, harness_version, trials, scenario, scenario_hash, profile,
 *                      machine {}, cores {}, calibration {}: as in a report (report/data/json.h)
 *   order              same: whether no two services changed places; runs[]: names, first to break first
 *   answers            sentences: better[] (whether each side is better than A, a service each), order, changes[],
 * services[], trials (why there is no interval, or null) backends[] name, judged_runs, common_level, common_load (in
 * words; null: none), limits_order ("same", "first", "different" or null), cause_same, environment_same, build_same
 * (the versions of its tools and the hash of what it ships, where known) runs[]           one a run: label, versions,
 * environment (variables that its manifest adds, or null), builds_mixed (the runs of this side had different builds),
 * absent (why there are no figures, or null), holds (in words), capacity_level, capacity_is_least (no break was found),
 * breaks_at_level, breaks[] (limits, in order), breaks_text, cause, cause_text better         "better", "worse", "no
 * difference seen", "not sure", "not known": than in the first run, by capacity; null for the first run ladder[] the
 * steps of the trial that stands for the service: level, verdict, p50_ns, p99_ns figures        capacity (level),
 * relative (to the reference service), cpu_ns_per_request, rss_peak_bytes, p99_ns, each: value, trials[], change: null
 * for the first run, else {difference ("seen", "not_seen", "unproven", "in_these_runs": one run a side, "not_known"),
 * ratio, low, high, confidence, p and p_adjusted (null: one run a side), text}. Of a side of several runs, trials[] has
 * the median of each run */
#ifndef TWOFOLD_REPORT_COMPARE_COMPARISON_JSON_H
#define TWOFOLD_REPORT_COMPARE_COMPARISON_JSON_H

#include "analysis/comparison/comparison.h"
#include "base/text.h"

#include <jansson.h>

/* The comparison as JSON; a new reference. */
json_t *comparison_json(const struct comparison *comparison);

/* Append it, indented, and a line end. */
void comparison_json_write(const struct comparison *comparison, struct text *out);

#endif
