/* html_record: one step's record as the page takes it: everything that its judging needs, kept small.
 *
 *   load                       the numbers of record/load_record.h by name
 *   memory                     {rss_bytes, pss_bytes, anonymous_bytes, peak_bytes} right after the measured part
 *   died_at_ns                 when its process ended, from the start of the measured part; null: it did not
 *   send_lag_p99_ns
 *   response, service          histograms, 2 digits: {total, max, sum, quantiles, counts}; quantiles are exact
 *   intervals                  of the percentiles of the response time, of 95 %, by the intervals of the step: [low,
 * high]; null: too few intervals intervals                    {offered, sent, completed, good, in_flight, max: a number
 * an interval, failures: {kind: a number an interval}, without the kinds that never occurred, quantiles: {percentile: a
 * number an interval} of their response times} samples                    columns of record/sample.h: the first value,
 * then the growth from one to the next; at_ns counts from the start of the measured part apart what is to be served and
 * what is to be refused, which are judged by themselves as well: {expected_success, expected_error: {offered, failed,
 * total: samples behind its quantiles, quantiles}}; null where nothing is to be refused dependencies               one
 * each: {name, shared: on the service's cores, samples: columns as above: at_ns, cpu_ns, rss_bytes}
 *
 * Quantiles and intervals are nanoseconds by the name of the percentile, for every one that a limit can be set on.
 * `counts` is base64 of pairs of LEB128 numbers: how many buckets further on the next one with anything in it is (the
 * first pair counts from bucket 0), and its count. */
#ifndef TWOFOLD_REPORT_DATA_HTML_RECORD_H
#define TWOFOLD_REPORT_DATA_HTML_RECORD_H

#include "plan/traffic/traffic.h"
#include "record/run_log.h"

#include <jansson.h>

/* Each gives a new reference. A recovery is judged interval by interval alone: its record has load, memory, died_at_ns
 * and intervals, and intervals have `counts`, one each, beside the rest. */
json_t *html_record_step(const struct step_record *record, const struct traffic *traffic);
json_t *html_record_recovery(const struct step_record *record);

#endif
